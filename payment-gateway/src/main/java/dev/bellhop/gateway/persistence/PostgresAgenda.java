package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Agenda;
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
final class PostgresAgenda implements Agenda {

    private static final String NEXT =
            """
            select least(
                (select min(greatest(d.due_at, e.paused_until))
                   from deliveries d join webhook_endpoints e on e.id = d.endpoint_id and e.disabled_reason is null
                  where d.status = 'pending' and greatest(d.due_at, e.paused_until) > $1),
                (select min(settle_at) from payments where settle_at > $1),
                (select min(expires_at) from payments
                  where status in ('PENDING', 'AUTHORIZED', 'FAILED') and expires_at > $1)) as next
            """;

    private static final String DUE_DELIVERIES =
            """
            select count(*)::int as due
              from deliveries d join webhook_endpoints e on e.id = d.endpoint_id and e.disabled_reason is null
             where d.status = 'pending' and greatest(d.due_at, e.paused_until) <= $1
               and (not d.in_order or not exists (
                    select from deliveries before
                     where before.endpoint_id = d.endpoint_id and before.payment_id = d.payment_id
                       and before.id < d.id and before.status = 'pending' and before.in_order))
            """;

    private static final String DUE_PAYMENTS =
            """
            (select id, settle_at as due from payments where settle_at <= $1 order by settle_at, id limit $2)
            union all
            (select id, expires_at from payments
              where status in ('PENDING', 'AUTHORIZED', 'FAILED') and expires_at <= $1 order by expires_at, id limit $2)
             order by due, id limit $2
            """;

    private final Pool pool;

    PostgresAgenda(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Instant> next(Instant now) {
        return pool.preparedQuery(NEXT).execute(Tuple.of(Times.of(now))).map(rows -> {
            OffsetDateTime next = rows.iterator().next().getOffsetDateTime("next");
            return next == null ? Instant.MAX : next.toInstant();
        });
    }

    @Override
    public Uni<Integer> dueDeliveries(Instant now) {
        return pool.preparedQuery(DUE_DELIVERIES)
                .execute(Tuple.of(Times.of(now)))
                .map(rows -> rows.iterator().next().getInteger("due"));
    }

    @Override
    public Uni<List<String>> duePayments(Instant now, int limit) {
        return pool.preparedQuery(DUE_PAYMENTS)
                .execute(Tuple.of(Times.of(now), limit))
                .map(rows -> {
                    List<String> ids = new ArrayList<>();
                    for (Row row : rows) {
                        ids.add(row.getString("id"));
                    }
                    return ids;
                });
    }
}
