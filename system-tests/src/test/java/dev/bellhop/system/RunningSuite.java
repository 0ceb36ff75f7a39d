package dev.bellhop.system;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** The suite of this test run: started at first use, stopped with the JVM. A story mends what it broke before it ends. */
final class RunningSuite {

    private static @Nullable Suite suite;

    private RunningSuite() {}

    static synchronized Suite get() {
        Suite running = suite;
        if (running == null) {
            running = new Suite(SuitePlan.of(folder(), PortPlan.free()).quickToStart(), Progress.SILENT);
            Runtime.getRuntime().addShutdownHook(new Thread(running::close, "suite-stop"));
            suite = running.start();
        }
        return running;
    }

    private static Path folder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "suite")), "run")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException("no folder for the suite", e);
        }
    }
}
