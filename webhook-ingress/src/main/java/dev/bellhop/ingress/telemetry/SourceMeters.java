package dev.bellhop.ingress.telemetry;

import dev.bellhop.ingress.domain.Reason;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What is counted of one source, looked up once: a lookup by tags for each delivery would cost more than the counting. */
final class SourceMeters {

    /** What is away, or too small, on our side: the sender is not to blame, and tries again. */
    private static final Set<Reason> OURS =
            EnumSet.of(Reason.BROKER_UNAVAILABLE, Reason.OVERLOADED, Reason.CERTIFICATE_UNAVAILABLE);

    private final MeterRegistry registry;
    private final String source;
    private final Counter accepted;
    private final Counter spooled;
    private final Timer receipts;
    private final Timer verdicts;
    private final Timer acknowledgements;
    /** Most reasons never occur, and have no counter until they do. */
    private final Map<Reason, Counter> refused = new ConcurrentHashMap<>();

    SourceMeters(MeterRegistry registry, String source) {
        this.registry = registry;
        this.source = source;
        this.accepted = receipts("accepted", "none");
        this.spooled = registry.counter(IngressMetrics.SPOOLED, "source", source);
        this.receipts = timer(IngressMetrics.RECEIPT_TIME, 5_000, 25_000, 100_000, 500_000, 2_000_000);
        this.verdicts = timer(IngressMetrics.VERIFY_TIME, 50, 250, 1_000, 5_000, 25_000);
        this.acknowledgements =
                timer(IngressMetrics.ACKNOWLEDGE_TIME, 1_000, 5_000, 25_000, 100_000, 500_000, 2_000_000);
    }

    Counter accepted() {
        return accepted;
    }

    Counter spooled() {
        return spooled;
    }

    Timer receipts() {
        return receipts;
    }

    Timer verdicts() {
        return verdicts;
    }

    Timer acknowledgements() {
        return acknowledgements;
    }

    Counter refused(Reason reason) {
        Counter known = refused.get(reason);
        return known == null ? refused.computeIfAbsent(reason, this::counter) : known;
    }

    private Counter counter(Reason reason) {
        return receipts(OURS.contains(reason) ? "failed" : "refused", reason.code());
    }

    private Counter receipts(String outcome, String reason) {
        return registry.counter(IngressMetrics.RECEIPTS, "source", source, "outcome", outcome, "reason", reason);
    }

    private Timer timer(String name, int... bucketsMicros) {
        Duration[] buckets = new Duration[bucketsMicros.length];
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = Duration.ofNanos(bucketsMicros[i] * 1000L);
        }
        return Timer.builder(name)
                .tag("source", source)
                .serviceLevelObjectives(buckets)
                .register(registry);
    }
}
