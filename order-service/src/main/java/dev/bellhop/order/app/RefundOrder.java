package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Transition;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Asks the provider to give money back. The order changes when the provider's webhook says that it did. */
@Singleton
public final class RefundOrder {

    private final FindOrders findOrders;
    private final PaymentProvider provider;

    RefundOrder(FindOrders findOrders, PaymentProvider provider) {
        this.findOrders = findOrders;
        this.provider = provider;
    }

    /**
     * The order, unchanged. Repeating it before the first went through asks for the same refund.
     *
     * @param amount minor units; null for all that is left. More than that fails with {@link TooMuch}
     */
    public Uni<Order> run(OrderId id, Actor actor, @Nullable Long amount) {
        return findOrders.get(id, actor).chain(order -> {
            if (order.allows(Move.REFUND) instanceof Transition.Refused refused) {
                throw new MoveRefused(order.status(), refused);
            }
            long left = order.ledger().kept();
            long wanted = amount == null ? left : amount;
            Order.RequestedPayment payment = order.payment();
            if (wanted > left) {
                throw new TooMuch(left);
            }
            if (payment == null) {
                throw new NoPayment();
            }
            String attempt = "refund-" + id + "-" + order.ledger().refunded() + "-" + wanted;
            return provider.refund(payment.paymentId(), wanted, attempt).replaceWith(order);
        });
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
