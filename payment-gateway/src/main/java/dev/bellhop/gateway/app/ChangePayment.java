package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Event;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** A payment moves, and what is to be reported about it is kept in the same transaction. */
@Singleton
public final class ChangePayment {

    private static final Logger LOG = Logger.getLogger(ChangePayment.class);

    private final Transactions transactions;
    private final OncePerKey oncePerKey;
    private final Ids ids;
    private final Dispatches dispatches;
    private final Clock clock;
    private final Doorbell doorbell;

    ChangePayment(
            Transactions transactions,
            OncePerKey oncePerKey,
            Ids ids,
            Dispatches dispatches,
            Clock clock,
            Doorbell doorbell) {
        this.transactions = transactions;
        this.oncePerKey = oncePerKey;
        this.ids = ids;
        this.dispatches = dispatches;
        this.clock = clock;
        this.doorbell = doorbell;
    }

    /** Makes the move, once per idempotency key, and renders the answer within the same transaction. */
    public Uni<Answer> run(Call call, String paymentId, Move move, Function<Payment, Answer> render) {
        return transactions
                .run(transaction -> oncePerKey.run(transaction, call, () -> change(transaction, call, paymentId, move)
                        .map(render)))
                .invoke(doorbell::ring);
    }

    private Uni<Payment> change(Transaction transaction, Call call, String paymentId, Move move) {
        Instant now = clock.instant();
        return transaction
                .lock(paymentId)
                .invoke(payment -> requireSeen(call, payment))
                .map(payment -> move.of(payment, now, ids))
                .call(change -> transaction.update(change.payment()))
                .call(change -> publish(transaction, events(change, now, call.ownTrace())))
                .invoke(ChangePayment::log)
                .map(Payment.Change::payment);
    }

    private Uni<Void> publish(Transaction transaction, List<Event> events) {
        return transaction.publish(events, dispatches.of(events));
    }

    private static void requireSeen(Call call, Payment payment) {
        if (!call.caller().sees(payment.owner())) {
            throw new NotFound("payment", payment.id());
        }
    }

    private static void log(Payment.Change change) {
        Payment payment = change.payment();
        LOG.infof(
                "payment changed paymentId=%s orderId=%s status=%s", payment.id(), payment.orderId(), payment.status());
    }

    private List<Event> events(Payment.Change change, Instant now, @Nullable String traceparent) {
        Payment payment = change.payment();
        List<Event> events = new ArrayList<>();
        for (Payment.Happening happening : change.happenings()) {
            String number = payment.version() + "." + events.size();
            events.add(Event.of(payment, happening, ids.next("evt", payment.id(), number), now, traceparent));
        }
        return events;
    }

    /** What is done to the payment. */
    @FunctionalInterface
    public interface Move {

        Payment.Change of(Payment payment, Instant now, Ids ids);
    }
}
