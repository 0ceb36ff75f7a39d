package dev.bellhop.gateway.telemetry;

import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.EventType;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the gateway counts. Tags come from enums, never from ids. */
@Singleton
public final class GatewayMetrics {

    /** Webhooks sent, by what came of the attempt. */
    public static final String ATTEMPTS = "webhook.delivery.attempts";

    /** How long receivers took, until the last byte of their answer. */
    public static final String DURATION = "webhook.delivery.duration";

    /** Events, by what happened. */
    public static final String EVENTS = "payment.events";

    /** Status queries, by whether they were answered or refused for coming too often. */
    public static final String QUERIES = "payment.status.queries";

    private final Timer durations;
    private final Map<EventType, Counter> events = new EnumMap<>(EventType.class);
    private final Counter answered;
    private final Counter refused;
    private final Map<Attempt.Outcome, Counter> attempts = new EnumMap<>(Attempt.Outcome.class);

    GatewayMetrics(MeterRegistry registry) {
        durations = registry.timer(DURATION);
        answered = registry.counter(QUERIES, "answer", "given");
        refused = registry.counter(QUERIES, "answer", "refused");
        for (EventType type : EventType.values()) {
            events.put(type, registry.counter(EVENTS, "event", type.word()));
        }
        for (Attempt.Outcome outcome : Attempt.Outcome.values()) {
            String name = outcome.name().toLowerCase(Locale.ROOT);
            attempts.put(outcome, registry.counter(ATTEMPTS, "outcome", name));
        }
    }

    /** One attempt came to an end, and this is durable. */
    public void attempted(Attempt attempt) {
        Counter counter = attempts.get(attempt.outcome());
        if (counter != null) {
            counter.increment();
        }
        durations.record(attempt.duration());
    }

    /** An event is about to be committed. */
    public void happened(EventType type) {
        Counter counter = events.get(type);
        if (counter != null) {
            counter.increment();
        }
    }

    /** A status query was let through. */
    public void queryAnswered() {
        answered.increment();
    }

    /** A status query came too often. */
    public void queryRefused() {
        refused.increment();
    }
}
