package dev.bellhop.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder for one run. */
public record TemporaryFolder(Path path) {

    public static TemporaryFolder create(String prefix) throws IOException {
        return new TemporaryFolder(Files.createTempDirectory(prefix));
    }

    /** With all that is in it. */
    public void delete() throws IOException {
        PostgresBinaries.deleteTree(path);
    }
}
