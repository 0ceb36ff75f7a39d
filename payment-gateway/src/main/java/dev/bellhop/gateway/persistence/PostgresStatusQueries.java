package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.StatusQueries;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;

@Singleton
final class PostgresStatusQueries implements StatusQueries {

    private static final String COUNT =
            """
            insert into status_queries (order_id, asked) values ($1, 1)
            on conflict (order_id) do update set asked = status_queries.asked + 1
            """;

    private final Pool pool;

    PostgresStatusQueries(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> count(String orderId) {
        return pool.preparedQuery(COUNT).execute(Tuple.of(orderId)).replaceWithVoid();
    }
}
