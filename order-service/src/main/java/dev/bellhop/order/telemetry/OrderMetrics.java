package dev.bellhop.order.telemetry;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** What order-service counts. Every series is there from the start; tags come from enums, never from ids. */
@Singleton
public final class OrderMetrics {

    /** Records of {@code webhooks.payments}, by what became of them. */
    public static final String EVENTS = "inbox.events";
    /** Questions to the provider, by what made us ask: none per order while webhooks arrive. */
    public static final String STATUS_CALLS = "provider.status.calls";

    /** Questions that came later, because this instance had asked enough. */
    public static final String POSTPONED = "provider.questions.postponed";

    /** Ended orders that somebody may still be able to pay, because the provider did not confirm the end for too long. */
    public static final String CLOSINGS_GIVEN_UP = "provider.closings.given.up";

    /** Changes of orders that are not in {@code orders.events} yet, and the age of the oldest. */
    public static final String OUTBOX_PENDING = "outbox.pending";

    public static final String OUTBOX_OLDEST = "outbox.oldest.seconds";

    /** Events that wait for their order, and for how long the oldest has of which the provider did not say that it took nothing. */
    public static final String PARKED = "inbox.parked";

    public static final String PARKED_OLDEST = "inbox.parked.oldest.seconds";

    /** Orders in {@code NeedsReview}. */
    public static final String NEEDING_REVIEW = "orders.needing.review";

    /** Clients that watch an order at this instance. */
    public static final String WATCHING = "orders.watching";

    /** What became of a record. */
    public enum Outcome {
        APPLIED,
        DUPLICATE,
        SUPERSEDED,
        PARKED,
        CONFLICT,
        FAILED,
        DEAD_LETTERED
    }

    /** What made us ask the provider. */
    public enum Reason {
        RECONCILIATION,
        ON_DOUBT,
        ALWAYS,
        PARKED,
        EXPIRY,
        /** Somebody waits for a refund that may be on its way already. */
        REFUND
    }

    /**
     * What waits, as the database told last.
     *
     * @param outboxOldestSeconds 0 if nothing waits
     * @param parkedOldestSeconds 0 if nothing is parked, or the provider took nothing for what is
     */
    public record Backlog(
            long outboxPending,
            double outboxOldestSeconds,
            long parked,
            double parkedOldestSeconds,
            long needingReview) {}

    private final Map<Outcome, Counter> events = new EnumMap<>(Outcome.class);
    private final Map<Reason, Counter> statusCalls = new EnumMap<>(Reason.class);
    private final MeterRegistry registry;
    private final Counter postponed;
    private final Counter closingsGivenUp;
    private volatile Backlog backlog = new Backlog(0, 0, 0, 0, 0);

    public OrderMetrics(MeterRegistry registry) {
        this.registry = registry;
        for (Outcome outcome : Outcome.values()) {
            events.put(outcome, registry.counter(EVENTS, "outcome", tag(outcome)));
        }
        for (Reason reason : Reason.values()) {
            statusCalls.put(reason, registry.counter(STATUS_CALLS, "reason", tag(reason)));
        }
        postponed = registry.counter(POSTPONED);
        closingsGivenUp = registry.counter(CLOSINGS_GIVEN_UP);
        registry.gauge(OUTBOX_PENDING, this, metrics -> metrics.backlog.outboxPending());
        registry.gauge(OUTBOX_OLDEST, this, metrics -> metrics.backlog.outboxOldestSeconds());
        registry.gauge(PARKED, this, metrics -> metrics.backlog.parked());
        registry.gauge(PARKED_OLDEST, this, metrics -> metrics.backlog.parkedOldestSeconds());
        registry.gauge(NEEDING_REVIEW, this, metrics -> metrics.backlog.needingReview());
    }

    /** So many records came to this end, durably. */
    public void events(Outcome outcome, long count) {
        counter(events, outcome).increment((double) count);
    }

    /** The provider was asked, whatever it answered. */
    public void statusCall(Reason reason) {
        counter(statusCalls, reason).increment();
    }

    /** Where the number of clients that watch can be read at any time. */
    public void watching(AtomicInteger clients) {
        registry.gauge(WATCHING, clients);
    }

    /** The provider was not asked, to be asked later. */
    public void questionPostponed() {
        postponed.increment();
    }

    /** The provider is not told any longer that nobody shall pay for an order. */
    public void closingGivenUp() {
        closingsGivenUp.increment();
    }

    public void backlog(Backlog now) {
        backlog = now;
    }

    private static <K> Counter counter(Map<K, Counter> counters, K key) {
        Counter counter = counters.get(key);
        if (counter == null) {
            throw new IllegalArgumentException("no counter for " + key);
        }
        return counter;
    }

    private static String tag(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
