package dev.bellhop.gateway.telemetry;

import dev.bellhop.gateway.domain.Attempt;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/** What the gateway counts. Tags come from enums, never from ids. */
@Singleton
public final class GatewayMetrics {

    /** Webhooks sent, by what came of the attempt. */
    public static final String ATTEMPTS = "webhook.delivery.attempts";

    private final Map<Attempt.Outcome, Counter> attempts = new EnumMap<>(Attempt.Outcome.class);

    GatewayMetrics(MeterRegistry registry) {
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
    }
}
