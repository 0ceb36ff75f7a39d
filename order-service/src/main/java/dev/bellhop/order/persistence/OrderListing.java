package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Orders.Filter;
import dev.bellhop.order.app.Orders.Found;
import dev.bellhop.order.app.Orders.Place;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Order;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Finds orders, the newest first. By their status an index of {@code orders} finds them, by all else {@code order_listing}:
 * what stays as it is while the order changes is indexed apart from it, so that a change writes no more than it must. What no
 * index finds is looked for among the newest, so many at a time.
 */
final class OrderListing {

    /** A search looks through no more orders than this. */
    private static final int WALK = 10_000;

    /**
     * A walk along an index is bounded; who sorts or scans reads all rows first. The planner would do so when it believes that
     * they are few, and it believes so of the orders of whoever has more than most.
     */
    private static final String BY_INDEX =
            "set local enable_sort = off; set local enable_incremental_sort = off; set local enable_seqscan = off";

    /** By comparisons that the indexes know, and in their order, so that a plan for any parameter is a good one. */
    private static final String BEGIN =
            """
            (select order_id from order_listing
            where %1$s order_id collate "C" >= $1 and order_id collate "C" < $2 order by %2$s order_id collate "C" limit $3)
            union all
            (select order_id from order_listing
            where %1$s customer_id ~>=~ $1 and customer_id ~<~ $2 order by %2$s customer_id using ~<~ limit $3)
            """;

    private static final String BEGIN_OF_ALL = String.format(BEGIN, "", "");

    /** An owner of several, in the order of owners: with just one, the planner would take the index of all of them as well. */
    private static final String BEGIN_OF_OWNER = String.format(BEGIN, "owner = any($4) and", "owner,");

    /** More orders than this that begin alike are looked for among the newest. */
    private static final int FEW = 1_000;

    private final Pool pool;

    OrderListing(Pool pool) {
        this.pool = pool;
    }

    Uni<Found> find(Filter filter, Actor actor, @Nullable Place after, int most) {
        String owner = actor.role() == Actor.Role.OPERATOR ? null : actor.owner();
        // Those of one customer are looked through as they are.
        String text = filter.customerId() == null ? filter.text() : null;
        return pool.withTransaction(connection -> connection
                .query(BY_INDEX)
                .execute()
                .chain(() -> text == null
                        ? search(connection, filter, owner, null, after, most)
                        : beginning(connection, text, owner)
                                .chain(ids -> search(
                                        connection, filter, owner, ids.size() > FEW ? null : ids, after, most))));
    }

    /** The orders whose id, or whose customer's id, begins so: all of them if they are few, else some. */
    private static Uni<List<String>> beginning(SqlConnection connection, String text, @Nullable String owner) {
        Tuple values = Tuple.of(text, text + Character.toString(Character.MAX_CODE_POINT), FEW + 1);
        if (owner != null) {
            values.addValue(new String[] {owner});
        }
        return connection
                .preparedQuery(owner == null ? BEGIN_OF_ALL : BEGIN_OF_OWNER)
                .execute(values)
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    rows.forEach(row -> ids.add(row.getString("order_id")));
                    return ids;
                });
    }

    private static Uni<Found> search(
            SqlConnection connection,
            Filter filter,
            @Nullable String owner,
            @Nullable List<String> ids,
            @Nullable Place after,
            int most) {
        String customer = filter.customerId();
        String status = filter.status() == null ? null : filter.status().word();
        boolean byStatus = status != null && owner == null && customer == null && ids == null;
        Conditions walked = new Conditions();
        String from = byStatus ? "orders" : "order_listing";
        if (ids != null) {
            from = String.format(
                    "(select * from order_listing where order_id = any(%s) offset 0)",
                    walked.parameter(ids.toArray(String[]::new)));
        }
        StringBuilder order = new StringBuilder();
        // As for what begins so: of several, in their order.
        if (owner != null) {
            walked.and("l.owner = any(%s)", (Object) new String[] {owner});
            order.append("l.owner, ");
        }
        if (customer != null) {
            walked.and("l.customer_id = any(%s)", (Object) new String[] {customer});
            order.append("l.customer_id using ~<~, ");
        }
        walked.andIfSaid("l.status = %s", byStatus ? status : null);
        walked.andIfSaid("l.created_at >= %s", at(filter.createdFrom()));
        walked.andIfSaid("l.created_at < %s", at(filter.createdTo()));
        if (after != null) {
            walked.and("(l.created_at, l.order_id) < (%s, %s)", Columns.at(after.createdAt()), after.orderId());
        }
        order.append("l.created_at desc, l.order_id desc");

        List<String> wanted = new ArrayList<>(List.of("true"));
        if (filter.text() != null && ids == null) {
            String like = walked.parameter(filter.text().replaceAll("([!%_])", "!$1") + "%");
            wanted.add(String.format("(l.order_id like %1$s escape '!' or l.customer_id like %1$s escape '!')", like));
        }
        if (status != null && !byStatus) {
            wanted.add("orders.status = " + walked.parameter(status));
        }
        String found = wanted.stream()
                .map(each -> "(l.nth = " + WALK + " or " + each + ")")
                .collect(Collectors.joining(" and "));
        // The last one of a walk is always found: if it does not fit, it tells where to go on.
        // Each order is looked up by its key ("offset 0" leaves no choice), if the listing does not rule it out.
        String statement = String.format(
                """
                select %1$s, l.nth, %2$s as fits
                from (
                    select l.owner, l.customer_id, l.created_at, l.order_id, row_number() over (order by %3$s) as nth
                    from %4$s as l%5$s order by %3$s limit %6$d) as l
                cross join lateral (select * from orders where orders.order_id = l.order_id offset 0) as orders
                where %7$s order by %3$s limit %8$s
                """,
                OrderRow.COLUMNS,
                String.join(" and ", wanted),
                order,
                from,
                walked.where(),
                WALK,
                found,
                walked.parameter(most + 1));
        return connection.preparedQuery(statement).execute(walked.values()).map(rows -> found(rows, most));
    }

    private static Found found(RowSet<Row> rows, int most) {
        List<Order> orders = new ArrayList<>();
        Place end = null;
        for (Row row : rows) {
            Order order = OrderRow.of(row).toOrder();
            if (row.getBoolean("fits")) {
                orders.add(order);
            }
            if (row.getLong("nth") == WALK) {
                end = Place.of(order);
            }
        }
        if (orders.size() <= most) {
            return new Found(orders, end);
        }
        return new Found(orders.subList(0, most), Place.of(orders.get(most - 1)));
    }

    private static @Nullable Object at(@Nullable Instant instant) {
        return instant == null ? null : Columns.at(instant);
    }
}
