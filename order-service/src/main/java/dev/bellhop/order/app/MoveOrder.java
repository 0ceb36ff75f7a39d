package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.Transition;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Ships, delivers or cancels an order: the moves that are ours alone. */
@Singleton
public final class MoveOrder {

    private final KeepMove keepMove;
    private final PaymentProvider provider;

    MoveOrder(KeepMove keepMove, PaymentProvider provider) {
        this.keepMove = keepMove;
        this.provider = provider;
    }

    /**
     * The order afterwards. Fails with {@link MoveRefused} or {@link Orders.NoSuchOrder}. The provider is asked to take no
     * payment for an order that was cancelled; where that fails, a payment that comes all the same is a case for review.
     */
    public Uni<Order> run(OrderId id, Actor actor, Move move, @Nullable String reason, @Nullable String traceId) {
        Uni<Order> moved = keepMove.run(id, actor, move, reason, traceId);
        return move == Move.CANCEL ? moved.call(this::close) : moved;
    }

    private Uni<Boolean> close(Order cancelled) {
        Order.RequestedPayment payment = cancelled.payment();
        if (payment == null) {
            return Uni.createFrom().item(true);
        }
        return provider.close(payment.paymentId())
                .onFailure(PaymentProvider.Unavailable.class)
                .recoverWithItem(false);
    }

    /** Keeps what became of the order. */
    @Singleton
    static final class KeepMove {

        private final Orders orders;
        private final Clock clock;

        KeepMove(Orders orders, Clock clock) {
            this.orders = orders;
            this.clock = clock;
        }

        @WithTransaction
        public Uni<Order> run(OrderId id, Actor actor, Move move, @Nullable String reason, @Nullable String traceId) {
            return orders.lock(id, actor).chain(order -> {
                Transition transition = order.allows(move);
                if (transition instanceof Transition.Refused refused) {
                    throw new MoveRefused(order.status(), refused);
                }
                Order moved = order.at(((Transition.Allowed) transition).to(), clock.instant());
                Change change = moved.since(order, Origin.api(actor, traceId).because(reason));
                return orders.update(moved, change).replaceWith(moved);
            });
        }
    }
}
