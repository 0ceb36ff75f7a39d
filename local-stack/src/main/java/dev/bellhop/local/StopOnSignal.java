package dev.bellhop.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.CountDownLatch;

/** However this JVM ends, the suite is stopped first, in order, and what is to go with it is deleted. */
public final class StopOnSignal {

    private final Suite suite;
    private final Deletion deletion;
    private final Thread hook = new Thread(this::run, "stop");
    private volatile boolean signalled;

    /** What goes once nothing runs any more. */
    public interface Deletion {
        void run() throws IOException;
    }

    private StopOnSignal(Suite suite, Deletion deletion) {
        this.suite = suite;
        this.deletion = deletion;
    }

    public static StopOnSignal of(Suite suite, Deletion deletion) {
        StopOnSignal stop = new StopOnSignal(suite, deletion);
        Runtime.getRuntime().addShutdownHook(stop.hook);
        return stop;
    }

    private void run() {
        signalled = true;
        suite.close();
        try {
            deletion.run();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** If a signal is why we are here, there is nothing to report: waits for the end of this JVM. */
    public void thenWait() throws InterruptedException {
        if (signalled) {
            new CountDownLatch(1).await();
        }
    }

    /** Nothing is done at the end of this JVM any more; if that has begun, waits for it. */
    public void forget() throws InterruptedException {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            new CountDownLatch(1).await();
        }
    }
}
