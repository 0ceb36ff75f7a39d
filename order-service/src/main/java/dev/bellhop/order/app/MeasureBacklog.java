package dev.bellhop.order.app;

import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Shows what waits as metrics. */
@Singleton
public final class MeasureBacklog {

    private final Upkeep upkeep;
    private final OrderMetrics metrics;

    MeasureBacklog(Upkeep upkeep, OrderMetrics metrics) {
        this.upkeep = upkeep;
        this.metrics = metrics;
    }

    public Uni<Void> run() {
        return upkeep.backlog().invoke(metrics::backlog).replaceWithVoid();
    }
}
