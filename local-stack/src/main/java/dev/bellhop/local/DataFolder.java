package dev.bellhop.local;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** A folder that one launcher at a time uses. The lock ends with the process, however it ends. */
public final class DataFolder implements AutoCloseable {

    private static final long NEEDED_BYTES = 500_000_000;

    private final Path path;
    private final FileChannel lock;

    private DataFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Creates it if it is missing; a {@link StartFailure} if another launcher uses it or the disk is full. */
    public static DataFolder open(Path path) {
        try {
            Files.createDirectories(path);
            long free = Files.getFileStore(path).getUsableSpace();
            if (free < NEEDED_BYTES) {
                throw new StartFailure("Only " + free / 1_000_000 + " MB are free in " + path.toAbsolutePath() + "; "
                        + NEEDED_BYTES / 1_000_000 + " MB are needed. Make room, or choose another --data");
            }
            FileChannel channel =
                    FileChannel.open(path.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!locks(channel)) {
                channel.close();
                throw new StartFailure("Bellhop is already running on " + path.toAbsolutePath() + " (see "
                        + path.resolve("run.json") + "). Stop it, or choose another --data");
            }
            return new DataFolder(path.toRealPath(), channel);
        } catch (AccessDeniedException e) {
            throw cannotBeUsed(path, "no permission", e);
        } catch (FileAlreadyExistsException e) {
            throw cannotBeUsed(path, "it is no folder", e);
        } catch (IOException e) {
            throw cannotBeUsed(path, e.getMessage(), e);
        }
    }

    private static StartFailure cannotBeUsed(Path path, @Nullable String reason, IOException failure) {
        return new StartFailure("The data folder " + path.toAbsolutePath() + " cannot be used: " + reason, failure);
    }

    private static boolean locks(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false; // this JVM holds it
        }
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
