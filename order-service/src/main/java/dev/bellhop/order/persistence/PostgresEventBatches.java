package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.RelaySignals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Plans of a batch's statements are made once for any number of rows: planned anew for two thousand of them, as each
 * connection otherwise does its first five times, an update costs twice as much and may read the whole table.
 */
@Singleton
final class PostgresEventBatches implements EventBatches {

    private static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan";

    private final Pool pool;
    private final RelaySignals signals;

    PostgresEventBatches(Pool pool, RelaySignals signals) {
        this.pool = pool;
        this.signals = signals;
    }

    @Override
    public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
        return pool.withTransaction(connection ->
                        connection.query(PLAN_ONCE).execute().chain(() -> work.apply(new PostgresBatch(connection))))
                .invoke(signals::ring);
    }
}
