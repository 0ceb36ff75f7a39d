package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Dispatch;
import dev.bellhop.gateway.domain.Event;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be done within one transaction of {@link Transactions}. */
public interface Transaction {

    /** The payment, locked until the transaction ends. Fails with {@link NotFound}. */
    Uni<Payment> lock(String paymentId);

    /** A new payment, and the W3C trace context that its events belong to. */
    Uni<Void> insert(Payment payment, @Nullable String traceparent);

    /** New payments, in as many statements as one. */
    Uni<Void> insertAll(List<Payment> payments);

    /** The next version of a payment that this transaction holds locked. */
    Uni<Void> update(Payment payment);

    /**
     * Keeps the events, with their deliveries to each enabled endpoint that wants them.
     * Deliveries of the same payments that were held back for being overtaken are let go.
     */
    Uni<Void> publish(List<Event> events, List<Dispatch> dispatches);

    /** How many payments the order has. Until the transaction ends no other one can get an answer for this order. */
    Uni<Long> countPayments(String orderId);

    /**
     * Claims an idempotency key, waiting for a transaction that holds it. Fails with {@link KeyReused} if the key belongs
     * to another call.
     */
    Uni<Recall> recall(String owner, IdempotencyKey key, Instant now);

    /** Keeps the answer for the repetitions of a call whose key this transaction has claimed. */
    Uni<Void> remember(String owner, IdempotencyKey key, Answer answer);
}
