package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Orders.Filter;
import dev.bellhop.order.app.Orders.Place;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds orders, the newest first. By their status an index of {@code orders} finds them, by all else {@code order_listing}:
 * what stays as it is while the order changes is indexed apart from it, so that a change writes no more than it must.
 */
final class OrderListing {

    private static final String FROM = "select " + OrderRow.COLUMNS + " from orders";

    private static final String LISTED = " join order_listing on order_listing.order_id = orders.order_id";

    /** By comparisons that the indexes know, so that a plan for any parameter is a good one. */
    private static final String BEGIN =
            """
            (select order_id from order_listing where order_id collate "C" >= $1 and order_id collate "C" < $2 limit $3)
            union all
            (select order_id from order_listing where customer_id ~>=~ $1 and customer_id ~<~ $2 limit $3)
            """;

    /** More orders than this that begin alike are met soon enough among the newest. */
    private static final int FEW = 1_000;

    private final Pool pool;

    OrderListing(Pool pool) {
        this.pool = pool;
    }

    Uni<List<Order>> find(Filter filter, Actor actor, @Nullable Place after, int limit) {
        String owner = actor.role() == Actor.Role.OPERATOR ? null : actor.owner();
        String text = filter.text();
        return text == null
                ? search(filter, owner, null, after, limit)
                : beginning(text).chain(ids -> search(filter, owner, ids.size() > FEW ? null : ids, after, limit));
    }

    /** The orders whose id, or whose customer's id, begins so: all of them if they are few, else some. */
    private Uni<List<String>> beginning(String text) {
        return pool.preparedQuery(BEGIN)
                .execute(Tuple.of(text, text + Character.toString(Character.MAX_CODE_POINT), FEW + 1))
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("order_id")));
                    return ids;
                });
    }

    private Uni<List<Order>> search(
            Filter filter, @Nullable String owner, @Nullable List<String> ids, @Nullable Place after, int limit) {
        OrderStatus status = filter.status();
        boolean byStatus = status != null && owner == null && filter.customerId() == null;
        String table = byStatus ? "orders" : "order_listing";
        Conditions conditions = new Conditions();
        conditions.andIfSaid(table + ".owner = %s", owner);
        conditions.andIfSaid(table + ".customer_id = %s", filter.customerId());
        conditions.andIfSaid("status = %s", status == null ? null : status.word());
        if (ids != null) {
            conditions.and(table + ".order_id = any(%s)", (Object) ids.toArray(String[]::new));
        } else if (filter.text() != null) {
            String like = filter.text().replaceAll("([!%_])", "!$1") + "%";
            conditions.and("(orders.order_id like %s escape '!' or orders.customer_id like %s escape '!')", like, like);
        }
        conditions.andIfSaid(table + ".created_at >= %s", at(filter.createdFrom()));
        conditions.andIfSaid(table + ".created_at < %s", at(filter.createdTo()));
        String place = String.format("%1$s.created_at, %1$s.order_id", table);
        if (after != null) {
            conditions.and("(" + place + ") < (%s, %s)", Columns.at(after.createdAt()), after.orderId());
        }
        String newestFirst = String.format(" order by %1$s.created_at desc, %1$s.order_id desc", table);
        String statement = FROM
                + (byStatus ? "" : LISTED)
                + conditions.where()
                + newestFirst
                + " limit "
                + conditions.parameter(limit);
        return pool.preparedQuery(statement).execute(conditions.values()).map(rows -> {
            List<Order> orders = new ArrayList<>();
            rows.forEach(row -> orders.add(OrderRow.of(row).toOrder()));
            return orders;
        });
    }

    private static @Nullable Object at(@Nullable Instant instant) {
        return instant == null ? null : Columns.at(instant);
    }
}
