package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Outbox;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * The one place where a transaction stays open while something remote works: its advisory lock is what keeps a second
 * relay from overtaking, and must last until the broker has answered. PostgreSQL ends the
 * session of a relay that froze ({@code idle_in_transaction_session_timeout}), and another goes on. The records are deleted
 * before they are published: what a database that cannot be written would keep is not told again with every try.
 */
@Singleton
final class PostgresOutbox implements Outbox {

    private static final String LOCK = "select pg_try_advisory_xact_lock(7302, 0) as mine";

    private static final String OLDEST = "select " + OutboxRow.COLUMNS + " from outbox order by id limit $1";

    private static final String DELETE = "delete from outbox where id = any($1)";

    private final Pool pool;

    PostgresOutbox(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Integer> relay(int most, Function<List<Entry>, Uni<Void>> publish) {
        return pool.withTransaction(connection -> connection
                .query(PostgresEventBatches.PLAN_ONCE)
                .execute()
                .chain(planned -> connection.query(LOCK).execute())
                .chain(locked -> locked.iterator().next().getBoolean("mine")
                        ? relayLocked(connection, most, publish)
                        : Uni.createFrom().item(0)));
    }

    private static Uni<Integer> relayLocked(
            SqlConnection connection, int most, Function<List<Entry>, Uni<Void>> publish) {
        return connection.preparedQuery(OLDEST).execute(Tuple.of(most)).chain(rows -> {
            List<Long> ids = new ArrayList<>();
            List<Entry> entries = new ArrayList<>();
            for (Row row : rows) {
                ids.add(row.getLong(0));
                entries.add(OutboxRow.entry(row));
            }
            if (entries.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            return connection
                    .preparedQuery(DELETE)
                    .execute(Tuple.of((Object) ids.toArray(Long[]::new)))
                    .chain(() -> publish.apply(entries))
                    .replaceWith(entries.size());
        });
    }
}
