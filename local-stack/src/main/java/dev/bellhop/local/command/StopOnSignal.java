package dev.bellhop.local.command;

import dev.bellhop.local.RunFile;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** However this JVM ends, the suite is stopped first, in order, and {@code run.json} goes with it. */
final class StopOnSignal {

    private final Suite suite;
    private final Path folder;
    private volatile boolean signalled;

    private StopOnSignal(Suite suite, Path folder) {
        this.suite = suite;
        this.folder = folder;
    }

    static StopOnSignal of(Suite suite, Path folder) {
        StopOnSignal stop = new StopOnSignal(suite, folder);
        Runtime.getRuntime().addShutdownHook(new Thread(stop::run, "stop"));
        return stop;
    }

    private void run() {
        signalled = true;
        suite.close();
        try {
            RunFile.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** If a signal is why we are here, there is nothing to report: waits for the end of this JVM. */
    void thenWait() throws InterruptedException {
        if (signalled) {
            new CountDownLatch(1).await();
        }
    }
}
