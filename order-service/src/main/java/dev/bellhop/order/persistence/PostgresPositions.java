package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.numbers;
import static dev.bellhop.order.persistence.Columns.texts;

import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.app.OrderFeed.Place;
import dev.bellhop.order.app.OrderFeed.Positions;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

@Singleton
final class PostgresPositions implements Positions {

    private static final String FIND = "select order_id, owner, version from orders where order_id = any($1)";

    private static final String SINCE =
            """
            select known.order_id, missed.version, missed.to_status, missed.at
            from unnest($1::text[], $2::bigint[]) as known(order_id, version)
            cross join lateral (
                select version, to_status, at from order_history
                where order_id = known.order_id and version > known.version
                order by version desc limit $3) as missed
            order by known.order_id, missed.version
            """;

    private final Pool pool;

    PostgresPositions(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Collection<Place>> of(Collection<OrderId> orderIds) {
        if (orderIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        String[] ids = orderIds.stream().map(OrderId::value).toArray(String[]::new);
        return pool.preparedQuery(FIND).execute(Tuple.of((Object) ids)).map(rows -> {
            List<Place> found = new ArrayList<>();
            rows.forEach(row -> found.add(
                    new Place(new OrderId(row.getString("order_id")), row.getString("owner"), row.getLong("version"))));
            return found;
        });
    }

    @Override
    public Uni<List<News>> since(Map<OrderId, Long> versions) {
        if (versions.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Map.Entry<OrderId, Long>> known = List.copyOf(versions.entrySet());
        return pool.preparedQuery(SINCE)
                .execute(Tuple.of(
                        texts(known, entry -> entry.getKey().value()),
                        numbers(known, Map.Entry::getValue),
                        OrderFeed.MOST))
                .map(rows -> {
                    List<News> missed = new ArrayList<>();
                    rows.forEach(row -> missed.add(new News(
                            new OrderId(row.getString("order_id")),
                            row.getLong("version"),
                            OrderStatus.of(row.getString("to_status")),
                            row.getOffsetDateTime("at").toInstant())));
                    return missed;
                });
    }
}
