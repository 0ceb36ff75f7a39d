package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Dispatch;
import dev.bellhop.gateway.domain.Event;
import dev.bellhop.gateway.domain.FaultPlan;
import dev.bellhop.gateway.telemetry.GatewayMetrics;
import jakarta.inject.Singleton;
import java.util.List;

/** Decides by the plan in force how events are delivered. */
@Singleton
final class Dispatches {

    private final CurrentPlan current;
    private final GatewayMetrics metrics;

    Dispatches(CurrentPlan current, GatewayMetrics metrics) {
        this.metrics = metrics;
        this.current = current;
    }

    List<Dispatch> of(List<Event> events) {
        FaultPlan plan = current.plan();
        events.forEach(event -> metrics.happened(event.type()));
        return events.stream()
                .flatMap(event ->
                        Dispatch.of(event.id(), event.occurredAt(), plan.of(event.type(), event.id(), event.orderId()))
                                .stream())
                .toList();
    }
}
