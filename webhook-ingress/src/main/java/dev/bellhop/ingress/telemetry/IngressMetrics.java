package dev.bellhop.ingress.telemetry;

import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Source;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the ingress counts. Tags come from configuration and enums, never from a request. */
@Singleton
public final class IngressMetrics {

    /** Every answer: by source, outcome ({@code accepted}, {@code refused}, {@code failed}) and reason. */
    public static final String RECEIPTS = "webhook.receipts";

    /** From the whole body to the answer, for what was accepted: by source. */
    public static final String RECEIPT_TIME = "webhook.receipt.time";

    /** From the whole body to the verdict, whatever it is: by source. */
    public static final String VERIFY_TIME = "webhook.verify.time";

    /** From the hand-over until Kafka, or the spool, has stored it: by source. */
    public static final String ACKNOWLEDGE_TIME = "webhook.acknowledge.time";

    /** Let in and not answered yet. */
    public static final String IN_FLIGHT = "webhook.in.flight";

    /** Their bodies, in bytes. */
    public static final String IN_FLIGHT_BYTES = "webhook.in.flight.bytes";

    /** Events that were put into a spool: by source. */
    public static final String SPOOLED = "webhook.spooled";

    /** What waits in the spools, in bytes. */
    public static final String SPOOL_BYTES = "webhook.spool.bytes";

    /** How long the first event of the source that waits longest has waited, in seconds. */
    public static final String SPOOL_AGE = "webhook.spool.age.seconds";

    /** What waited in the spools and cannot be read any more, in bytes. */
    public static final String SPOOL_DAMAGED = "webhook.spool.damaged.bytes";

    /** Events that were accepted and are larger than the broker takes: they wait beside the spool for an operator. */
    public static final String SET_ASIDE = "webhook.spool.set.aside";

    /** The source of what is sent to no source of ours. */
    private static final String UNKNOWN = "unknown";

    private final MeterRegistry registry;
    private final Counter setAside;
    private final Map<String, SourceMeters> meters = new ConcurrentHashMap<>();

    public IngressMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.setAside = registry.counter(SET_ASIDE);
    }

    /** Shows a source from the start: a rate can only be told from a counter that was there before. */
    public void expect(Source source) {
        of(source).refused(Reason.SIGNATURE_WRONG);
        of(source).refused(Reason.BROKER_UNAVAILABLE);
        of(source).refused(Reason.OVERLOADED);
        of(source).refused(Reason.CERTIFICATE_UNAVAILABLE);
    }

    /** Shows what is in flight, asking whenever somebody looks. */
    public void watch(Supplier<Number> deliveries, Supplier<Number> bytes) {
        Gauge.builder(IN_FLIGHT, deliveries).register(registry);
        Gauge.builder(IN_FLIGHT_BYTES, bytes).register(registry);
    }

    /** Shows what waits in the spools, asking whenever somebody looks. */
    public void watchSpool(Supplier<Number> bytes, Supplier<Number> ageSeconds, Supplier<Number> damagedBytes) {
        Gauge.builder(SPOOL_BYTES, bytes).register(registry);
        Gauge.builder(SPOOL_AGE, ageSeconds).register(registry);
        Gauge.builder(SPOOL_DAMAGED, damagedBytes).register(registry);
    }

    public void setAside() {
        setAside.increment();
    }

    public void spooled(Source source, int events) {
        of(source).spooled().increment(events);
    }

    public void verified(Source source, long nanos) {
        of(source).verdicts().record(nanos, TimeUnit.NANOSECONDS);
    }

    public void acknowledged(Source source, long nanos) {
        of(source).acknowledgements().record(nanos, TimeUnit.NANOSECONDS);
    }

    public void accepted(Source source, long nanos) {
        SourceMeters own = of(source);
        own.accepted().increment();
        own.receipts().record(nanos, TimeUnit.NANOSECONDS);
    }

    public void refused(Source source, Reason reason) {
        of(source).refused(reason).increment();
    }

    /** What was sent to no source of ours: its name is the sender's, and not repeated here. */
    public void refused(Reason reason) {
        of(UNKNOWN).refused(reason).increment();
    }

    private SourceMeters of(Source source) {
        return of(source.name());
    }

    private SourceMeters of(String source) {
        SourceMeters known = meters.get(source);
        return known == null ? meters.computeIfAbsent(source, name -> new SourceMeters(registry, name)) : known;
    }
}
