package dev.bellhop.ingress.telemetry;

import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What the ingress counts. Tags come from configuration and enums, never from a request. */
@Singleton
public final class IngressMetrics {

    /** Every answer: by source, outcome ({@code accepted}, {@code refused}, {@code failed}) and reason. */
    public static final String RECEIPTS = "webhook.receipts";

    /** From the whole body to the answer, for what was accepted: by source. */
    public static final String RECEIPT_TIME = "webhook.receipt.time";

    /** Let in and not answered yet. */
    public static final String IN_FLIGHT = "webhook.in.flight";

    /** Their bodies, in bytes. */
    public static final String IN_FLIGHT_BYTES = "webhook.in.flight.bytes";

    /** Events that were put into the spool: by source. */
    public static final String SPOOLED = "webhook.spooled";

    /** What waits in the spool, in bytes. */
    public static final String SPOOL_BYTES = "webhook.spool.bytes";

    /** How long the first event in the spool has waited, in seconds. */
    public static final String SPOOL_AGE = "webhook.spool.age.seconds";

    /** The source of what is sent to no source of ours. */
    private static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;
    private final Map<String, Counter> accepted = new ConcurrentHashMap<>();
    private final Map<String, Timer> times = new ConcurrentHashMap<>();

    IngressMetrics(MeterRegistry registry) {
        this.registry = registry;
    }

    /** Shows a source from the start: a rate can only be told from a counter that was there before. */
    public void expect(Source source) {
        counter(source.name());
        timer(source.name());
        spooled(source, 0);
        counter(source.name(), Reason.SIGNATURE_WRONG);
        counter(source.name(), Reason.BROKER_UNAVAILABLE);
    }

    /** Shows what is in flight, asking whenever somebody looks. */
    public void watch(Supplier<Number> deliveries, Supplier<Number> bytes) {
        Gauge.builder(IN_FLIGHT, deliveries).register(registry);
        Gauge.builder(IN_FLIGHT_BYTES, bytes).register(registry);
    }

    /** Shows what waits in the spool, asking whenever somebody looks. */
    public void watchSpool(Supplier<Number> bytes, Supplier<Number> ageSeconds) {
        Gauge.builder(SPOOL_BYTES, bytes).register(registry);
        Gauge.builder(SPOOL_AGE, ageSeconds).register(registry);
    }

    public void spooled(Source source, int events) {
        registry.counter(SPOOLED, "source", source.name()).increment(events);
    }

    public void accepted(Source source, long nanos) {
        counter(source.name()).increment();
        timer(source.name()).record(Duration.ofNanos(nanos));
    }

    public void refused(Source source, Reason reason) {
        counter(source.name(), reason).increment();
    }

    /** What was sent to no source of ours: its name is the sender's, and not repeated here. */
    public void refused(Reason reason) {
        counter(UNKNOWN, reason).increment();
    }

    private Counter counter(String source) {
        return accepted.computeIfAbsent(source, name -> receipts(name, "accepted", "none"));
    }

    private Counter counter(String source, Reason reason) {
        return receipts(
                source,
                reason == Reason.BROKER_UNAVAILABLE || reason == Reason.OVERLOADED ? "failed" : "refused",
                reason.code());
    }

    private Counter receipts(String source, String outcome, String reason) {
        return registry.counter(RECEIPTS, "source", source, "outcome", outcome, "reason", reason);
    }

    private Timer timer(String source) {
        return times.computeIfAbsent(source, name -> Timer.builder(RECEIPT_TIME)
                .tag("source", name)
                .serviceLevelObjectives(
                        Duration.ofMillis(5),
                        Duration.ofMillis(25),
                        Duration.ofMillis(100),
                        Duration.ofMillis(500),
                        Duration.ofSeconds(2))
                .register(registry));
    }
}
