package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Does all as it should be; a bug overrides what it breaks. */
class PassingBatch implements EventBatches.Batch {

    final EventBatches.Batch real;

    PassingBatch(EventBatches.Batch real) {
        this.real = real;
    }

    @Override
    public Uni<Set<ReceivedEvent.Key>> record(List<ReceivedEvent> events, Instant now) {
        return real.record(events, now);
    }

    @Override
    public Uni<Map<String, Order>> lock(Collection<String> orderIds) {
        return real.lock(orderIds);
    }

    @Override
    public Uni<Map<String, List<PaymentFact>>> facts(Collection<String> orderIds) {
        return real.facts(orderIds);
    }

    @Override
    public Uni<Void> add(List<EventBatches.NewFact> facts, Instant now) {
        return real.add(facts, now);
    }

    @Override
    public Uni<Void> update(List<EventBatches.Moved> orders) {
        return real.update(orders);
    }

    @Override
    public Uni<Void> rule(List<EventBatches.NewFact> facts) {
        return real.rule(facts);
    }

    @Override
    public Uni<Void> asked(List<Questions.Asked> orders, Instant now) {
        return real.asked(orders, now);
    }

    @Override
    public Uni<Void> note(List<EventBatches.Noted> outcomes) {
        return real.note(outcomes);
    }
}
