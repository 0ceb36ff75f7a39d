package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Answers what a client asks about orders. Fails with {@link Orders.NoSuchOrder} also for orders of others. */
@Singleton
public final class FindOrders {

    private final Orders orders;

    FindOrders(Orders orders) {
        this.orders = orders;
    }

    public Uni<Order> get(OrderId id, Actor actor) {
        return orders.get(id, actor);
    }

    /** Cheap: made for asking. */
    public Uni<Orders.Position> position(OrderId id, Actor actor) {
        return orders.position(id, actor);
    }

    public Uni<List<Change>> history(OrderId id, Actor actor) {
        return orders.position(id, actor).chain(known -> orders.history(id));
    }

    /** Newest first. A client sees its own, whatever it asks for. */
    public Uni<List<Order>> find(Orders.Filter filter, Actor actor, Orders.@Nullable Place after, int limit) {
        return orders.find(filter, actor, after, limit);
    }
}
