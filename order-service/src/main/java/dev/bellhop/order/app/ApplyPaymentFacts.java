package dev.bellhop.order.app;

import dev.bellhop.order.app.EventBatches.Batch;
import dev.bellhop.order.app.EventBatches.Moved;
import dev.bellhop.order.app.EventBatches.NewFact;
import dev.bellhop.order.app.EventBatches.Noted;
import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.ReceivedEvent;
import dev.bellhop.order.domain.ReviewReason;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Applies a batch of events: inbox, ledger, orders, history and outbox in one transaction, with a constant number of
 * statements whatever the batch's size. An event that is in the inbox already changes nothing.
 */
@Singleton
public final class ApplyPaymentFacts {

    private final EventBatches batches;
    private final Doubts doubts;
    private final OrderMetrics metrics;
    private final Clock clock;

    ApplyPaymentFacts(EventBatches batches, Doubts doubts, OrderMetrics metrics, Clock clock) {
        this.batches = batches;
        this.doubts = doubts;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * What a batch did.
     *
     * @param outcomes of each event that was new
     * @param repeated how many were not
     */
    public record Applied(Map<ReceivedEvent.Key, Outcome> outcomes, int repeated) {

        public Applied {
            outcomes = Map.copyOf(outcomes);
        }
    }

    /** All of the batch or, if it fails, nothing of it. It may be tried again, and is dated by the try that succeeds. */
    public Uni<Applied> run(List<ReceivedEvent> events) {
        Set<String> orderIds = events.stream().map(ReceivedEvent::orderId).collect(Collectors.toUnmodifiableSet());
        // Orders before the inbox: who places an order locks it first, then touches the inbox rows of its parked
        // events.
        return batches.transaction(batch -> batch.lock(orderIds).chain(orders -> {
                    // What waited for an order happens to it now.
                    Instant now = clock.instant();
                    return batch.record(events, now)
                            .chain(fresh -> apply(batch, orders, fresh(events, fresh), events.size(), now));
                }))
                .invoke(this::count);
    }

    /** The same event once more, whatever the inbox says of it; the inbox is left as it is. */
    public Uni<Noted> again(ReceivedEvent event) {
        Set<String> orderId = Set.of(event.orderId());
        return batches.transaction(batch -> batch.lock(orderId)
                .chain(orders -> batch.facts(orders.keySet()).chain(facts -> {
                    Instant now = clock.instant();
                    Fold fold = new Fold(orders, facts, doubts, now);
                    fold.add(event);
                    return batch.add(fold.newFacts, now)
                            .chain(() -> batch.update(fold.moved()))
                            .replaceWith(() -> fold.note(event.key()));
                })));
    }

    private void count(Applied applied) {
        applied.outcomes().values().forEach(outcome -> metrics.events(OrderMetrics.Outcome.valueOf(outcome.name()), 1));
        metrics.events(OrderMetrics.Outcome.DUPLICATE, applied.repeated());
    }

    /** Those that were not in the inbox, each once, in the order of arrival. */
    private static Collection<ReceivedEvent> fresh(List<ReceivedEvent> events, Set<ReceivedEvent.Key> fresh) {
        Map<ReceivedEvent.Key, ReceivedEvent> work = new LinkedHashMap<>();
        events.stream()
                .filter(event -> fresh.contains(event.key()))
                .forEach(event -> work.putIfAbsent(event.key(), event));
        return work.values();
    }

    private Uni<Applied> apply(
            Batch batch, Map<String, Order> orders, Collection<ReceivedEvent> work, int delivered, Instant now) {
        int repeated = delivered - work.size();
        if (work.isEmpty()) {
            return Uni.createFrom().item(new Applied(Map.of(), repeated));
        }
        return batch.facts(orders.keySet())
                .chain(facts -> write(batch, new Fold(orders, facts, doubts, now), work))
                .map(outcomes -> new Applied(outcomes, repeated));
    }

    private static Uni<Map<ReceivedEvent.Key, Outcome>> write(
            Batch batch, Fold fold, Collection<ReceivedEvent> events) {
        events.forEach(fold::add);
        return batch.add(fold.newFacts, fold.now)
                .chain(() -> batch.update(fold.moved()))
                .chain(() -> batch.note(fold.noted()))
                .replaceWith(fold.outcomes());
    }

    /** The batch in memory: one event after the other, in the order of arrival. */
    private static final class Fold {

        private final Map<String, Order> orders;
        private final Map<String, List<PaymentFact>> facts;
        private final Doubts doubts;
        private final Instant now;
        private final Set<String> doubtful = new HashSet<>();
        private final List<NewFact> newFacts = new ArrayList<>();
        private final Map<String, List<Change>> changes = new LinkedHashMap<>();
        private final Map<ReceivedEvent.Key, Noted> notes = new LinkedHashMap<>();

        Fold(Map<String, Order> orders, Map<String, List<PaymentFact>> facts, Doubts doubts, Instant now) {
            this.orders = new LinkedHashMap<>(orders);
            this.facts = new LinkedHashMap<>(facts);
            this.doubts = doubts;
            this.now = now;
        }

        void add(ReceivedEvent event) {
            newFacts.add(new NewFact(event.orderId(), event.fact()));
            Order order = orders.get(event.orderId());
            if (order == null) {
                note(event, Outcome.PARKED, "order_unknown");
                return;
            }
            List<PaymentFact> known = facts.computeIfAbsent(event.orderId(), id -> new ArrayList<>());
            if (known.stream().anyMatch(fact -> fact.key().equals(event.fact().key()))) {
                note(event, Outcome.SUPERSEDED, "fact_known");
                return;
            }
            boolean refundFailed = order.hearsOfFailedRefund(event.fact(), known);
            known.add(event.fact());
            Order next = refundFailed
                    ? order.at(order.stage(), now)
                    : order.with(PaymentLedger.of(order.total(), known), now);
            if (next.version() == order.version()) {
                if (isEarlyRefund(event.fact(), known)) {
                    note(event, Outcome.APPLIED, "came_before_its_capture");
                } else {
                    note(event, Outcome.SUPERSEDED, "changes_nothing");
                }
                return;
            }
            orders.put(event.orderId(), next);
            Change change = next.since(order, origin(event));
            changes.computeIfAbsent(event.orderId(), id -> new ArrayList<>())
                    .add(refundFailed ? change.called(Change.REFUND_FAILED) : change);
            if (doubts.raisedBy(event.fact(), next)) {
                doubtful.add(event.orderId());
            }
            ReviewReason review = next.reviewReason();
            note(event, review == null ? Outcome.APPLIED : Outcome.CONFLICT, review == null ? null : review.word());
        }

        /** Nothing outweighs it: it counts as soon as the capture is known. */
        private static boolean isEarlyRefund(PaymentFact fact, List<PaymentFact> known) {
            return fact.kind() == PaymentFact.Kind.REFUNDED
                    && known.stream().noneMatch(other -> other.kind() == PaymentFact.Kind.CAPTURED);
        }

        private static Origin origin(ReceivedEvent event) {
            return new Origin(Cause.WEBHOOK, event.source(), event.eventId(), event.traceId(), null);
        }

        private void note(ReceivedEvent event, Outcome outcome, @Nullable String reason) {
            notes.put(event.key(), new Noted(event.key(), outcome, reason));
        }

        Noted note(ReceivedEvent.Key key) {
            return Objects.requireNonNull(notes.get(key));
        }

        List<Moved> moved() {
            return changes.entrySet().stream()
                    .map(entry -> new Moved(
                            Objects.requireNonNull(orders.get(entry.getKey())),
                            entry.getValue(),
                            doubtful.contains(entry.getKey())))
                    .toList();
        }

        List<Noted> noted() {
            return notes.values().stream().filter(note -> note.reason() != null).toList();
        }

        Map<ReceivedEvent.Key, Outcome> outcomes() {
            Map<ReceivedEvent.Key, Outcome> outcomes = new LinkedHashMap<>();
            notes.forEach((key, note) -> outcomes.put(key, note.outcome()));
            return outcomes;
        }
    }
}
