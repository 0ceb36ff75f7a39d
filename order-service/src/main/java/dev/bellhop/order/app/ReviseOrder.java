package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Item;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.Refusal;
import dev.bellhop.order.domain.Transition;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Changes what is ordered, or removes the order: only while nothing was paid and no payment was asked for, as the
 * provider would take the old amount.
 */
@Singleton
public final class ReviseOrder {

    private final Orders orders;
    private final Pricing pricing;
    private final Clock clock;

    ReviseOrder(Orders orders, Pricing pricing, Clock clock) {
        this.orders = orders;
        this.pricing = pricing;
        this.clock = clock;
    }

    /**
     * What is to be different.
     *
     * @param customerId null to leave it
     * @param items null to leave them; else all of them, at today's prices
     */
    public record Revision(@Nullable String customerId, @Nullable List<PlaceOrder.Wanted> items) {}

    /**
     * The order afterwards. Fails with {@link Orders.NoSuchOrder}, {@link VersionDiffers}, {@link MoveRefused} or
     * {@link Pricing.NotPriced}.
     *
     * @param meant whether a version is one that the caller means
     */
    @WithTransaction
    public Uni<Order> run(OrderId id, Actor actor, LongPredicate meant, Revision revision, @Nullable String traceId) {
        return open(id, actor, meant).chain(order -> items(order, revision).chain(items -> {
            String customerId = revision.customerId() == null ? order.customerId() : revision.customerId();
            Order revised =
                    order.revised(customerId, Pricing.total(order.total().currency(), items), items, clock.instant());
            return orders.update(revised, revised.since(order, Origin.api(actor, traceId)))
                    .replaceWith(revised);
        }));
    }

    private Uni<List<Item>> items(Order order, Revision revision) {
        return revision.items() == null
                ? Uni.createFrom().item(order.items())
                : pricing.price(order.total().currency(), revision.items());
    }

    /** Removes the order; fails as {@link #run} does. */
    @WithTransaction
    public Uni<Void> remove(OrderId id, Actor actor, LongPredicate meant, @Nullable String traceId) {
        return open(id, actor, meant)
                .chain(order -> orders.remove(
                        order,
                        new Change(
                                id,
                                order.version() + 1,
                                clock.instant(),
                                order.status(),
                                order.status(),
                                Change.DELETED,
                                Origin.api(actor, traceId))));
    }

    private Uni<Order> open(OrderId id, Actor actor, LongPredicate meant) {
        return orders.lock(id, actor).invoke(order -> {
            VersionDiffers.unless(meant, order);
            if (order.allows(Move.REVISE) instanceof Transition.Refused refused) {
                throw new MoveRefused(order.status(), refused);
            }
            if (order.payment() != null) {
                throw new MoveRefused(order.status(), new Transition.Refused(Refusal.CONFLICT, "payment_requested"));
            }
        });
    }
}
