package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.CaptureMode;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Function;

/** A merchant asks for a payment. */
@Singleton
public final class CreatePayment {

    private final Transactions transactions;
    private final OncePerKey oncePerKey;
    private final Ids ids;
    private final Clock clock;
    private final PaymentConfig config;

    CreatePayment(Transactions transactions, OncePerKey oncePerKey, Ids ids, Clock clock, PaymentConfig config) {
        this.transactions = transactions;
        this.oncePerKey = oncePerKey;
        this.ids = ids;
        this.clock = clock;
        this.config = config;
    }

    /** Creates it, once per idempotency key, and renders the answer within the same transaction. */
    public Uni<Answer> run(Call call, Order order, Function<Payment, Answer> render) {
        return transactions.run(transaction -> oncePerKey.run(
                transaction, call, () -> create(transaction, call, order).map(render)));
    }

    private Uni<Payment> create(Transaction transaction, Call call, Order order) {
        return ids.origin(transaction, order.orderId()).chain(number -> create(transaction, call, order, number));
    }

    private Uni<Payment> create(Transaction transaction, Call call, Order order, String number) {
        Instant now = clock.instant();
        Payment payment = Payment.create(
                ids.next("pay", order.orderId(), number),
                call.caller().owner(),
                order.orderId(),
                order.amount(),
                order.currency(),
                order.capture(),
                now,
                config.expiresAt(now));
        return transaction.insert(payment, call.traceparent()).replaceWith(payment);
    }

    /** What is to be paid. */
    public record Order(String orderId, long amount, String currency, CaptureMode capture) {}
}
