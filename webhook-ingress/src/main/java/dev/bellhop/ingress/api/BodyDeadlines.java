package dev.bellhop.ingress.api;

import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/**
 * The bodies that one event loop waits for, the oldest first: all have the same time, so that the first is always the next
 * that may be late. A timer for each of them would cost more than reading most of them.
 */
final class BodyDeadlines {

    private static final int LOOKS_PER_TIMEOUT = 10;
    private static final long NANOS = 1_000_000;

    private final long timeoutNanos;
    private @Nullable BodyReader oldest;
    private @Nullable BodyReader newest;

    /** To be called, and used, on one event loop only. */
    BodyDeadlines(Vertx vertx, long timeoutMillis) {
        this.timeoutNanos = timeoutMillis * NANOS;
        vertx.setPeriodic(Math.max(1, timeoutMillis / LOOKS_PER_TIMEOUT), ignored -> look(System.nanoTime()));
    }

    void add(BodyReader reader) {
        reader.deadline = System.nanoTime() + timeoutNanos;
        reader.older = newest;
        if (newest == null) {
            oldest = reader;
        } else {
            newest.newer = reader;
        }
        newest = reader;
        reader.waiting = true;
    }

    /** Once or more. */
    void remove(BodyReader reader) {
        if (!reader.waiting) {
            return;
        }
        reader.waiting = false;
        if (reader.older == null) {
            oldest = reader.newer;
        } else {
            reader.older.newer = reader.newer;
        }
        if (reader.newer == null) {
            newest = reader.older;
        } else {
            reader.newer.older = reader.older;
        }
        reader.older = null;
        reader.newer = null;
    }

    private void look(long now) {
        for (BodyReader first = oldest; first != null && now - first.deadline >= 0; first = oldest) {
            remove(first);
            first.isLate();
        }
    }
}
