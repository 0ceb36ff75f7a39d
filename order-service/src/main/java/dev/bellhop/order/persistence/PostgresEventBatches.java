package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.RelaySignals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

@Singleton
final class PostgresEventBatches implements EventBatches {

    private final Pool pool;
    private final RelaySignals signals;

    PostgresEventBatches(Pool pool, RelaySignals signals) {
        this.pool = pool;
        this.signals = signals;
    }

    @Override
    public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
        return pool.withTransaction(connection -> work.apply(new PostgresBatch(connection)))
                .invoke(signals::ring);
    }
}
