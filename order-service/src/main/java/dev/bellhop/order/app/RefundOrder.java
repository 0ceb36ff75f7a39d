package dev.bellhop.order.app;

import dev.bellhop.order.app.AnswerOnce.Outcome;
import dev.bellhop.order.app.IdempotencyKeys.IdempotentCall;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Gives back what an order's customer paid, or a part. */
@Singleton
public final class RefundOrder {

    private final FindOrders findOrders;
    private final Orders orders;
    private final GiveBack giveBack;
    private final AskOnce askOnce;

    RefundOrder(FindOrders findOrders, Orders orders, GiveBack giveBack, AskOnce askOnce) {
        this.findOrders = findOrders;
        this.orders = orders;
        this.giveBack = giveBack;
        this.askOnce = askOnce;
    }

    /**
     * What was answered, {@code rendered} from the order, which the provider's webhook changes later. One call is one refund;
     * without a call equal refunds are one until the first went through or failed.
     *
     * @param amount minor units; null for all that is left. More than that fails with {@link TooMuch}
     * @param call null if the client gave it no key
     */
    public Uni<Outcome> run(
            OrderId id,
            Actor actor,
            @Nullable Long amount,
            @Nullable IdempotentCall call,
            Function<Order, StoredAnswer> rendered) {
        if (call == null) {
            return decide(id, actor, amount)
                    .chain(refund -> give(id, actor, refund))
                    .map(order -> new Outcome(rendered.apply(order), false));
        }
        return askOnce.run(
                call,
                () -> decide(id, actor, amount).map(refund -> refund.amount() + " " + refund.paymentId()),
                decided -> give(id, actor, again(decided, call)).map(rendered));
    }

    /** The refund that was decided. */
    private static Refund again(String decided, IdempotentCall call) {
        String[] parts = decided.split(" ", 2);
        return new Refund(parts[1], Long.parseLong(parts[0]), "refund-" + call.name());
    }

    private Uni<Refund> decide(OrderId id, Actor actor, @Nullable Long amount) {
        return findOrders.get(id, actor).chain(order -> {
            if (order.allows(Move.REFUND) instanceof Transition.Refused refused) {
                throw new MoveRefused(order.status(), refused);
            }
            long left = order.ledger().kept();
            long wanted = amount == null ? left : amount;
            if (wanted > left) {
                throw new TooMuch(left);
            }
            String attempt = "refund-" + id + "-" + order.ledger().refunded() + "-" + wanted;
            return orders.facts(id)
                    .map(facts -> new Refund(payment(order, facts), wanted, attempt + afterFailures(facts)));
        });
    }

    /** The provider would answer the same attempt with the refund that failed. */
    private static String afterFailures(List<PaymentFact> facts) {
        long failed = facts.stream()
                .filter(fact -> fact.kind() == PaymentFact.Kind.REFUND_FAILED)
                .map(PaymentFact::refundId)
                .distinct()
                .count();
        return failed == 0 ? "" : "-" + failed;
    }

    private Uni<Order> give(OrderId id, Actor actor, Refund refund) {
        return giveBack.run(id, List.of(refund)).chain(() -> findOrders.get(id, actor));
    }

    /** One of which there is something left, else the one that we asked for: an event may have named none. */
    private static String payment(Order order, List<PaymentFact> facts) {
        return PaymentLedger.keptByPayment(order.total(), facts).keySet().stream()
                .findFirst()
                .or(() -> Optional.ofNullable(order.payment()).map(Order.RequestedPayment::paymentId))
                .orElseThrow(NoPayment::new);
    }

    /** More than is left of what was captured. */
    public static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuch(long left) {
            super("only " + left + " can be given back");
        }
    }

    /** The order was paid by a payment that it never asked for, and no event named. */
    public static final class NoPayment extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPayment() {
            super("no payment of this order is known at the provider");
        }
    }
}
