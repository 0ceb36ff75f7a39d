package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.RelaySignals;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.function.Function;

/**
 * Plans of a batch's statements are made once, for any number of rows and whatever is in the tables: planned anew for two
 * thousand rows, as each connection otherwise does its first five times, an update costs twice as much; planned while a
 * table was small, a statement reads it as a whole, or compares each of its rows with each of the batch's, for as long as
 * the connection lasts.
 */
@Singleton
final class PostgresEventBatches implements EventBatches {

    /** For statements that find each of their rows by an index. */
    static final String PLAN_ONCE = "set local plan_cache_mode = force_generic_plan; set local enable_seqscan = off;"
            + " set local enable_hashjoin = off; set local enable_mergejoin = off";

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
