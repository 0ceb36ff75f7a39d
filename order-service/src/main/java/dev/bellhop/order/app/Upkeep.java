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
     * which it forgot most. A parked event is forgotten only if the provider, asked, has taken nothing for its order.
     */
    Uni<Integer> forget(Instant before, int most);
}
