package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

@Singleton
final class PostgresEventBatches implements EventBatches {

    private final Pool pool;

    PostgresEventBatches(Pool pool) {
        this.pool = pool;
    }

    @Override
    public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
        return pool.withTransaction(connection -> work.apply(new PostgresBatch(connection)));
    }
}
