package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Transition;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.function.LongPredicate;

/**
 * Asks the provider for a payment. Idempotent by nature: as long as no payment of the order has failed and it costs the
 * same, repeating gives the same payment, even if an answer was lost. Nothing is held open while the provider thinks.
 */
@Singleton
public final class RequestPayment {

    private final FindOrders findOrders;
    private final KeepPayment keepPayment;
    private final PaymentProvider provider;
    private final ClosePayments closePayments;

    RequestPayment(
            FindOrders findOrders, KeepPayment keepPayment, PaymentProvider provider, ClosePayments closePayments) {
        this.findOrders = findOrders;
        this.keepPayment = keepPayment;
        this.provider = provider;
        this.closePayments = closePayments;
    }

    /**
     * The order with its payment. Fails with {@link PaymentProvider.Unavailable} or {@link PaymentProvider.Refused} (the
     * order is unchanged), {@link MoveRefused}, {@link VersionDiffers} or {@link Orders.NoSuchOrder}.
     *
     * @param meant whether a version is one that the caller means
     */
    public Uni<Order> run(OrderId id, Actor actor, LongPredicate meant) {
        return findOrders.get(id, actor).chain(order -> {
            VersionDiffers.unless(meant, order);
            if (order.allows(Move.PAY) instanceof Transition.Refused refused) {
                throw new MoveRefused(order.status(), refused);
            }
            if (order.payment() != null && order.status() == OrderStatus.PENDING) {
                return Uni.createFrom().item(order);
            }
            // The currency too: an id can be an order's that was removed before, in another one.
            String attempt = "order-" + id + "-" + order.total().amount() + "-"
                    + order.total().currency() + "-" + order.ledger().failedPayments();
            return provider.request(id, order.total(), attempt)
                    .chain(payment -> keepPayment
                            .run(id, actor, order.total(), payment)
                            .onFailure(MoveRefused.class)
                            .call(() -> close(order, payment)))
                    .onFailure(Outdated.class)
                    .recoverWithUni(() -> run(id, actor, meant));
        });
    }

    /** Nobody shall pay for an order that ended meanwhile. */
    private Uni<Void> close(Order order, RequestedPayment payment) {
        return keepPayment.unwanted(order.id()).chain(since -> closePayments.run(order, payment, since));
    }

    /** The payment is over an amount that the order had before. Nobody is told of it, so nobody can pay it. */
    private static final class Outdated extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Outdated() {
            super("the order was revised meanwhile", null, false, false);
        }
    }

    /** Keeps what the provider gave, or that it is not wanted. */
    @Singleton
    static final class KeepPayment {

        private final Orders orders;
        private final Clock clock;

        KeepPayment(Orders orders, Clock clock) {
            this.orders = orders;
            this.clock = clock;
        }

        @WithTransaction
        public Uni<Order> run(OrderId id, Actor actor, Money amount, RequestedPayment payment) {
            return orders.lock(id, actor).chain(order -> {
                if (payment.equals(order.payment())) {
                    return Uni.createFrom().item(order);
                }
                if (order.allows(Move.PAY) instanceof Transition.Refused refused) {
                    throw new MoveRefused(order.status(), refused);
                }
                if (!order.total().equals(amount)) {
                    throw new Outdated();
                }
                Order next = order.with(payment, clock.instant());
                return orders.keep(next).replaceWith(next);
            });
        }

        /** Since when. */
        @WithTransaction
        public Uni<Instant> unwanted(OrderId id) {
            Instant now = clock.instant();
            return orders.expectClosing(id, now).replaceWith(now);
        }
    }
}
