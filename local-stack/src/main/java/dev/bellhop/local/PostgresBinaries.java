package dev.bellhop.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from the Maven artifact on the class path. The unpacked folder appears by a rename
 * when it is whole, so a kill in the middle breaks no later start; a folder that lost files since is replaced.
 */
final class PostgresBinaries {

    /** Lists every file that was unpacked. */
    private static final String MANIFEST = "manifest";

    private PostgresBinaries() {}

    /** The folder below {@code cache} that holds {@code bin/postgres} and all that it needs. */
    static Path in(Path cache) throws IOException {
        String archive = archive();
        var resource = PostgresBinaries.class.getResource("/" + archive);
        if (resource == null) {
            throw new StartFailure("There is no PostgreSQL for this machine (" + archive
                    + " is not on the class path). " + "Linux and macOS on x86_64 and arm64 are supported.");
        }
        Path home = cache.resolve(version(resource.toString()));
        if (isWhole(home)) {
            return home;
        }
        Files.createDirectories(cache);
        Path fresh = Files.createTempDirectory(cache, "unpacking-");
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        try (InputStream in = resource.openStream()) {
            unpack(in, fresh);
        }
        replace(home, fresh);
        return home;
    }

    private static String archive() {
        String os = System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("mac") ? "darwin" : "linux";
        String arch = System.getProperty("os.arch").equals("aarch64") ? "arm_64" : "x86_64";
        return "postgres-" + os + "-" + arch + ".txz";
    }

    /** The artifact's file name carries the version. */
    private static String version(String resource) {
        String jar = resource.substring(0, resource.lastIndexOf('!'));
        return jar.substring(jar.lastIndexOf('/') + 1).replace(".jar", "");
    }

    private static boolean isWhole(Path home) throws IOException {
        Path manifest = home.resolve(MANIFEST);
        if (!Files.exists(manifest)) {
            return false;
        }
        try (Stream<String> files = Files.lines(manifest)) {
            return files.allMatch(file -> Files.exists(home.resolve(file), LinkOption.NOFOLLOW_LINKS));
        }
    }

    private static void unpack(InputStream in, Path target) throws IOException {
        List<String> files = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(in)))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                    continue;
                }
                Files.createDirectories(file.resolveSibling("."));
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, file);
                    boolean program = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
                }
                files.add(target.relativize(file).toString());
            }
        }
        Files.write(target.resolve(MANIFEST), files);
    }

    private static void replace(Path home, Path fresh) throws IOException {
        if (Files.exists(home) && !isWhole(home)) {
            TemporaryFolder.deleteTree(home);
        }
        try {
            Files.move(fresh, home);
        } catch (FileAlreadyExistsException e) {
            // another process was faster
            TemporaryFolder.deleteTree(fresh);
        }
    }
}
