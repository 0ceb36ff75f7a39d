package dev.bellhop.order.app;

import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import java.time.Instant;

/** Port: what the database needs now and then. */
public interface Upkeep {

    /** What waits now. */
    Uni<OrderMetrics.Backlog> backlog();

    /**
     * Forgets at most so many of each from before: events, replays, dead letters, rejections and questions; how many of those of
     * which it forgot most. Parked events are never forgotten.
     */
    Uni<Integer> forget(Instant before, int most);
}
