package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Bug: whatever arrives is new. The ledger, which knows a fact by its payment, would still forgive that; so each fact that
 * is known already goes by another name here.
 */
final class WithoutInbox extends PassingBatch {

    WithoutInbox(EventBatches.Batch real) {
        super(real);
    }

    @Override
    public Uni<Set<ReceivedEvent.Key>> record(List<ReceivedEvent> events, Instant now) {
        return real.record(events, now)
                .replaceWith(() -> events.stream().map(ReceivedEvent::key).collect(Collectors.toSet()));
    }

    @Override
    public Uni<Map<String, List<PaymentFact>>> facts(Collection<String> orderIds) {
        return real.facts(orderIds).map(known -> {
            Map<String, List<PaymentFact>> renamed = new LinkedHashMap<>();
            known.forEach((orderId, facts) -> renamed.put(
                    orderId,
                    facts.stream()
                            .map(WithoutInbox::renamed)
                            .collect(Collectors.toCollection(java.util.ArrayList::new))));
            return renamed;
        });
    }

    private static PaymentFact renamed(PaymentFact fact) {
        return new PaymentFact(
                fact.kind(),
                fact.origin(),
                "another-" + fact.paymentId(),
                fact.refundId(),
                fact.amount(),
                fact.currency(),
                fact.ruling());
    }
}
