package dev.bellhop.order.app;

import dev.bellhop.order.app.AnswerOnce.Outcome;
import dev.bellhop.order.app.IdempotencyKeys.IdempotentCall;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
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
     * @param meant whether a version is one that the caller means; if not, fails with {@link VersionDiffers}
     * @param amount minor units; null for all that is left. More than that fails with {@link TooMuch}
     * @param call null if the client gave it no key
     */
    public Uni<Outcome> run(
            OrderId id,
            Actor actor,
            LongPredicate meant,
            @Nullable Long amount,
            @Nullable IdempotentCall call,
            Function<Order, StoredAnswer> rendered) {
        if (call == null) {
            return decide(id, actor, meant, amount)
                    .chain(refunds -> giveBack.unlessUnderway(id, refunds))
                    .chain(() -> findOrders.get(id, actor))
                    .map(order -> new Outcome(rendered.apply(order), false));
        }
        return askOnce.run(
                call, () -> decide(id, actor, meant, amount).map(RefundOrder::written), decided -> giveBack.run(
                                id, again(decided, call))
                        .chain(() -> findOrders.get(id, actor))
                        .map(rendered));
    }

    private static String written(List<Refund> refunds) {
        return refunds.stream()
                .map(refund -> refund.amount() + " " + refund.paymentId())
                .collect(Collectors.joining("\n"));
    }

    /** The refunds that were decided. */
    private static List<Refund> again(String decided, IdempotentCall call) {
        List<Refund> refunds = new ArrayList<>();
        for (String line : decided.lines().toList()) {
            String[] parts = line.split(" ", 2);
            String attempt = attempt("refund-" + call.name(), refunds.size());
            refunds.add(new Refund(parts[1], Long.parseLong(parts[0]), attempt));
        }
        return refunds;
    }

    /** The name of the n-th of those that are asked for together. */
    private static String attempt(String first, int n) {
        return n == 0 ? first : first + "." + n;
    }

    private Uni<List<Refund>> decide(OrderId id, Actor actor, LongPredicate meant, @Nullable Long amount) {
        return findOrders.get(id, actor).chain(order -> {
            VersionDiffers.unless(meant, order);
            if (order.allows(Move.REFUND) instanceof Transition.Refused refused) {
                throw new MoveRefused(order.status(), refused);
            }
            long left = order.ledger().kept();
            long wanted = amount == null ? left : amount;
            if (wanted > left) {
                throw new TooMuch(left);
            }
            String attempt = "refund-" + id + "-" + order.ledger().refunded() + "-" + wanted;
            return orders.facts(id).map(facts -> refunds(order, facts, wanted, attempt + Refund.afterFailures(facts)));
        });
    }

    private static List<Refund> refunds(Order order, List<PaymentFact> facts, long wanted, String attempt) {
        List<Refund> refunds = new ArrayList<>();
        Refund.shares(order, facts, wanted)
                .forEach((payment, share) -> refunds.add(new Refund(payment, share, attempt(attempt, refunds.size()))));
        return refunds;
    }

    /** More than is left of what was captured. */
    public static final class TooMuch extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooMuch(long left) {
            super("only " + left + " can be given back");
        }
    }

    /** Nothing was paid, or by a payment that the order never asked for, and no event named. */
    public static final class NoPayment extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NoPayment() {
            super("no payment of this order is known at the provider");
        }
    }
}
