package dev.bellhop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Remembers a process over the death of its launcher: its id and, since ids are used again, when it began. */
record PidFile(Path file) {

    void write(ProcessHandle process) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.write(file, List.of(String.valueOf(process.pid()), start(process)));
    }

    void delete() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the process that is remembered here, if that very one still runs: in order, by force after {@code limit}. */
    void endOrphan(Duration limit) throws IOException {
        Optional<ProcessHandle> orphan = remembered();
        if (orphan.isEmpty()) {
            return;
        }
        orphan.get().destroy();
        try {
            orphan.get().onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            orphan.get().destroyForcibly();
        } catch (ExecutionException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Optional<ProcessHandle> remembered() throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        List<String> lines = Files.readAllLines(file);
        if (lines.size() != 2) {
            return Optional.empty();
        }
        return ProcessHandle.of(Long.parseLong(lines.get(0)))
                .filter(process -> start(process).equals(lines.get(1)));
    }

    private static String start(ProcessHandle process) {
        return process.info().startInstant().map(String::valueOf).orElse("unknown");
    }
}
