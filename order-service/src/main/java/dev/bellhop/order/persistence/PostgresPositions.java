package dev.bellhop.order.persistence;

import dev.bellhop.order.app.OrderFeed.News;
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

@Singleton
final class PostgresPositions implements Positions {

    private static final String FIND = "select order_id, status, version from orders where order_id = any($1)";

    private final Pool pool;

    PostgresPositions(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Collection<News>> of(Collection<OrderId> orderIds) {
        if (orderIds.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        String[] ids = orderIds.stream().map(OrderId::value).toArray(String[]::new);
        return pool.preparedQuery(FIND).execute(Tuple.of((Object) ids)).map(rows -> {
            List<News> found = new ArrayList<>();
            rows.forEach(row -> found.add(new News(
                    new OrderId(row.getString("order_id")),
                    row.getLong("version"),
                    OrderStatus.of(row.getString("status")),
                    null)));
            return found;
        });
    }
}
