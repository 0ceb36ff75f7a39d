package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.Rejections;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A table that never grows beyond {@link Rejections#KEPT} rows for long, so that it needs no index per question. */
@Singleton
final class PostgresRejections implements Rejections {

    private static final String KEEP =
            """
            insert into rejected_webhook
                (partition, position, received_at, source, reason, scheme, size, headers, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing
            """;

    private static final String MAKE_ROOM =
            """
            delete from rejected_webhook where (partition, position, received_at) in (
                select partition, position, received_at from rejected_webhook
                order by received_at desc, partition desc, position desc offset $1)
            """;

    private static final String FIND = "select * from rejected_webhook";

    private static final String NEWEST_FIRST = " order by received_at desc, partition desc, position desc limit ";

    private static final String COUNTS =
            """
            select source, reason, count(*) as rejections, max(received_at) as newest from rejected_webhook
            group by source, reason order by rejections desc, source, reason limit 100
            """;

    private final Pool pool;

    PostgresRejections(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> keep(List<Rejection> rejections) {
        List<Tuple> rows = rejections.stream()
                .map(rejection -> Tuple.tuple()
                        .addInteger(rejection.partition())
                        .addLong(rejection.position())
                        .addOffsetDateTime(at(rejection.receivedAt()))
                        .addString(rejection.source())
                        .addString(rejection.reason())
                        .addString(rejection.scheme())
                        .addLong(rejection.size())
                        .addString(rejection.headers())
                        .addValue(Buffer.buffer(rejection.body())))
                .toList();
        return pool.preparedQuery(KEEP)
                .executeBatch(rows)
                .chain(() -> pool.preparedQuery(MAKE_ROOM).execute(Tuple.of(KEPT)))
                .replaceWithVoid();
    }

    @Override
    public Uni<List<Rejection>> find(
            @Nullable String source, @Nullable String reason, @Nullable Place after, int limit) {
        Conditions conditions = new Conditions();
        conditions.andIfSaid("source = %s", source);
        conditions.andIfSaid("reason = %s", reason);
        if (after != null) {
            conditions.and(
                    "(received_at, partition, position) < (%s, %s, %s)",
                    at(after.receivedAt()), after.partition(), after.position());
        }
        String statement = FIND + conditions.where() + NEWEST_FIRST + conditions.parameter(limit);
        return pool.preparedQuery(statement).execute(conditions.values()).map(rows -> {
            List<Rejection> found = new ArrayList<>();
            rows.forEach(row -> found.add(rejection(row)));
            return found;
        });
    }

    @Override
    public Uni<List<Count>> counts() {
        return pool.query(COUNTS).execute().map(rows -> {
            List<Count> counts = new ArrayList<>();
            rows.forEach(row -> counts.add(new Count(
                    row.getString("source"),
                    row.getString("reason"),
                    row.getLong("rejections"),
                    row.getOffsetDateTime("newest").toInstant())));
            return counts;
        });
    }

    private static Rejection rejection(Row row) {
        return new Rejection(
                row.getInteger("partition"),
                row.getLong("position"),
                row.getOffsetDateTime("received_at").toInstant(),
                row.getString("source"),
                row.getString("reason"),
                row.getString("scheme"),
                row.getLong("size"),
                row.getString("headers"),
                row.getBuffer("body").getBytes());
    }
}
