package dev.bellhop.testing;

import dev.bellhop.local.LocalStack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The broker and the database of this test run: started at first use, once per JVM, stopped with it. A test that stops,
 * kills or freezes a part puts it back before it ends, or takes a {@link LocalStack} of its own.
 */
public final class SharedStack {

    private static @Nullable LocalStack stack;

    private SharedStack() {}

    /** The running stack. */
    public static synchronized LocalStack get() {
        LocalStack running = stack;
        if (running == null) {
            running = LocalStack.in(folder()).start();
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "stack-stop"));
            stack = running;
        }
        return running;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "stack")), "run");
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the test stack", e);
        }
    }
}
