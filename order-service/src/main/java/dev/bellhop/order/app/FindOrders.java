package dev.bellhop.order.app;

import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.app.OrderFeed.Positions;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers what a client asks about orders. Fails with {@link Orders.NoSuchOrder} also for orders of others. */
@Singleton
public final class FindOrders {

    /** So much of a history fits into one answer. */
    public static final int MOST_CHANGES = 1_000;

    private final Orders orders;
    private final Positions positions;

    FindOrders(Orders orders, Positions positions) {
        this.orders = orders;
        this.positions = positions;
    }

    public Uni<Order> get(OrderId id, Actor actor) {
        return orders.get(id, actor);
    }

    /** Cheap: made for asking. */
    public Uni<Orders.Position> position(OrderId id, Actor actor) {
        return orders.position(id, actor);
    }

    /** The changes behind a version, the oldest first, and no more than {@code most}. */
    public Uni<List<Change>> history(OrderId id, Actor actor, long after, int most) {
        return orders.position(id, actor).chain(known -> orders.history(id, after, most));
    }

    /** What somebody missed who knows the order as of a version: the newest changes behind it, the oldest of them first. */
    public Uni<List<News>> missed(OrderId id, Actor actor, long known) {
        return orders.position(id, actor).chain(seen -> positions.since(Map.of(id, known)));
    }

    /** Newest first, as {@link Orders#find} does. A client sees its own, whatever it asks for. */
    public Uni<Orders.Found> find(Orders.Filter filter, Actor actor, Orders.@Nullable Place after, int most) {
        return orders.find(filter, actor, after, most);
    }
}
