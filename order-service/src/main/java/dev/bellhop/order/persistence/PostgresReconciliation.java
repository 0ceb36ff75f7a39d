package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.Reconciliation;
import dev.bellhop.order.domain.OrderStatus;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

@Singleton
final class PostgresReconciliation implements Reconciliation {

    private static final String STATE =
            """
            select count(*) as waiting, count(*) filter (where next_ask <= $1) as due,
                   count(*) filter (where doubtful) as doubtful, coalesce(sum(asks), 0)::bigint as questions,
                   min(next_ask) as next
              from orders
             where next_ask is not null
               and (status in ('Pending', 'PaymentFailed') or doubtful or refund_expected is not null
                    or closing_since is not null)
            """;

    private static final String WAITING =
            """
            select order_id, status, doubtful, refund_expected is not null as refund,
                closing_since is not null as closing, asks, created_at, next_ask
            from orders
            where next_ask is not null
                and (status in ('Pending', 'PaymentFailed') or doubtful or refund_expected is not null
                    or closing_since is not null)
            order by next_ask limit $1
            """;

    private final Pool pool;

    PostgresReconciliation(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<State> state(Instant now) {
        return pool.preparedQuery(STATE)
                .execute(Tuple.of(at(now)))
                .map(rows -> state(rows.iterator().next()));
    }

    @Override
    public Uni<List<Waiting>> waiting(int limit) {
        return pool.preparedQuery(WAITING).execute(Tuple.of(limit)).map(rows -> {
            List<Waiting> waiting = new ArrayList<>();
            rows.forEach(row -> waiting.add(new Waiting(
                    row.getString("order_id"),
                    OrderStatus.of(row.getString("status")),
                    row.getBoolean("doubtful"),
                    row.getBoolean("refund"),
                    row.getBoolean("closing"),
                    row.getInteger("asks"),
                    row.getOffsetDateTime("created_at").toInstant(),
                    row.getOffsetDateTime("next_ask").toInstant())));
            return waiting;
        });
    }

    private static State state(Row row) {
        OffsetDateTime next = row.getOffsetDateTime("next");
        return new State(
                row.getLong("waiting"),
                row.getLong("due"),
                row.getLong("doubtful"),
                row.getLong("questions"),
                next == null ? null : next.toInstant());
    }
}
