package dev.bellhop.order.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class OrderMetricsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final OrderMetrics metrics = new OrderMetrics(registry);

    @Test
    void every_series_is_there_before_anything_happens() {
        assertThat(registry.find(OrderMetrics.EVENTS).counters()).hasSameSizeAs(OrderMetrics.Outcome.values());
        assertThat(registry.find(OrderMetrics.STATUS_CALLS).counters()).hasSameSizeAs(OrderMetrics.Reason.values());
    }

    @Test
    void a_batch_is_counted_by_what_became_of_it() {
        metrics.events(OrderMetrics.Outcome.APPLIED, 3);
        metrics.events(OrderMetrics.Outcome.DUPLICATE, 1);

        assertThat(registry.get(OrderMetrics.EVENTS)
                        .tag("outcome", "applied")
                        .counter()
                        .count())
                .isEqualTo(3);
        assertThat(registry.get(OrderMetrics.EVENTS)
                        .tag("outcome", "duplicate")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_gauge_shows_how_many_watch_now() {
        AtomicInteger clients = new AtomicInteger();
        metrics.watching(clients);

        clients.set(3);

        assertThat(registry.get(OrderMetrics.WATCHING).gauge().value()).isEqualTo(3);
    }

    @Test
    void a_gauge_shows_the_latest_backlog() {
        metrics.backlog(new OrderMetrics.Backlog(7, 61.5, 2, 3600, 1));

        assertThat(registry.get(OrderMetrics.OUTBOX_PENDING).gauge().value()).isEqualTo(7);
        assertThat(registry.get(OrderMetrics.OUTBOX_OLDEST).gauge().value()).isEqualTo(61.5);
        assertThat(registry.get(OrderMetrics.PARKED).gauge().value()).isEqualTo(2);
        assertThat(registry.get(OrderMetrics.PARKED_OLDEST).gauge().value()).isEqualTo(3600);
        assertThat(registry.get(OrderMetrics.NEEDING_REVIEW).gauge().value()).isEqualTo(1);
    }
}
