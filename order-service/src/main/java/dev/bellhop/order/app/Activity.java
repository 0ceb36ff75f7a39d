package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: what is happening now, over all instances. Each question looks at a bounded number of rows. */
public interface Activity {

    /** The events that were received since, in slices of time; the newest so many of them at most. */
    Uni<Flow> flow(Instant from, Instant to, int slices, int most);

    /** What waits; no count goes further than {@code most}. */
    Uni<Backlog> backlog(int most);

    /** How often the provider was asked about the newest orders. */
    Uni<Asks> asks(int newest);

    /**
     * Events of a span of time.
     *
     * @param median from receipt to commit, of events that were applied; null if none was
     * @param slices oldest first; those without events are left out
     * @param whole whether all events of the span were looked at
     */
    record Flow(
            long events, @Nullable Duration median, @Nullable Duration slowest, List<Slice> slices, boolean whole) {}

    /**
     * A part of the span.
     *
     * @param number from 0, the oldest
     * @param median null if no event was applied
     */
    record Slice(int number, long events, @Nullable Duration median) {}

    /**
     * What waits.
     *
     * @param outboxOldest how long the oldest change has waited to be published
     * @param parkedOldest how long the oldest event has waited for its order
     * @param lastEvent when the newest event was received; null if none is known
     */
    record Backlog(
            long outbox,
            Duration outboxOldest,
            long parked,
            Duration parkedOldest,
            long reviews,
            long letters,
            @Nullable Instant lastEvent) {}

    /**
     * Questions per order.
     *
     * @param byAsks how many orders were asked about 0, 1, 2, … times; the last entry counts all that were asked about more
     */
    record Asks(long orders, long questions, List<Long> byAsks) {

        public double perOrder() {
            return orders == 0 ? 0 : (double) questions / orders;
        }
    }
}
