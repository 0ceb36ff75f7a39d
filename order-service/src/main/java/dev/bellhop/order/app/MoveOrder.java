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
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/** Ships, delivers or cancels an order: the moves that are ours alone. */
@Singleton
public final class MoveOrder {

    private final KeepMove keepMove;
    private final ClosePayments closePayments;

    MoveOrder(KeepMove keepMove, ClosePayments closePayments) {
        this.keepMove = keepMove;
        this.closePayments = closePayments;
    }

    /**
     * The order afterwards. Fails with {@link MoveRefused}, {@link VersionDiffers} or {@link Orders.NoSuchOrder}. The provider
     * is told to take no payment for an order that was cancelled, again and again if it does not hear it now.
     *
     * @param meant whether a version is one that the caller means
     */
    public Uni<Order> run(
            OrderId id,
            Actor actor,
            LongPredicate meant,
            Move move,
            @Nullable String reason,
            @Nullable String traceId) {
        Uni<Order> moved = keepMove.run(id, actor, meant, move, reason, traceId);
        return move == Move.CANCEL ? moved.call(this::close) : moved;
    }

    private Uni<Void> close(Order cancelled) {
        Order.RequestedPayment payment = cancelled.payment();
        return payment == null
                ? Uni.createFrom().voidItem()
                : closePayments.run(cancelled, payment, cancelled.updatedAt());
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
        public Uni<Order> run(
                OrderId id,
                Actor actor,
                LongPredicate meant,
                Move move,
                @Nullable String reason,
                @Nullable String traceId) {
            return orders.lock(id, actor).chain(order -> {
                VersionDiffers.unless(meant, order);
                Transition transition = order.allows(move);
                if (transition instanceof Transition.Refused refused) {
                    throw new MoveRefused(order.status(), refused);
                }
                Order moved = order.at(((Transition.Allowed) transition).to(), clock.instant());
                Change change = moved.since(order, Origin.api(actor, traceId).because(reason));
                // Who made a payment of their own, and failed, can try it again.
                boolean payable = move == Move.CANCEL
                        && (moved.payment() != null || moved.ledger().failedPayments() > 0);
                return orders.update(moved, change)
                        .chain(() -> payable
                                ? orders.expectClosing(id, moved.updatedAt())
                                : Uni.createFrom().voidItem())
                        .replaceWith(moved);
            });
        }
    }
}
