package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.elapsed;
import static dev.bellhop.order.persistence.Columns.elapsedIfSaid;

import dev.bellhop.order.app.PaymentWaits;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

@Singleton
final class PostgresPaymentWaits implements PaymentWaits {

    /** A row per interval; what does not depend on it is in each. */
    private static final String WAITS =
            """
            with newest as (
                select order_id, l.created_at, asks from order_listing l join orders using (order_id)
                order by l.created_at desc, order_id desc limit $1),
            waits as (
                select n.asks, extract(epoch from p.at - n.created_at)::float8 as wait, w.deliveries, w.took
                from newest n
                cross join lateral (
                    select min(at) as at from order_history h where h.order_id = n.order_id and h.to_status = 'Paid') as p
                cross join lateral (
                    select coalesce(sum(deliveries), 0) as deliveries,
                        min(extract(epoch from processed_at - received_at)) filter (where outcome = 'applied') as took
                    from inbox i where i.order_id = n.order_id) as w
                where p.at is not null)
            select every, count(*) as orders, percentile_cont(0.5) within group (order by wait) as median,
                sum(deliveries)::bigint as deliveries, sum(asks)::bigint as questions,
                percentile_cont(0.5) within group (order by took) as push,
                sum(greatest(1, ceil(wait / every)))::bigint as calls,
                avg(greatest(1, ceil(wait / every)) * every - wait)::float8 as late
            from waits cross join unnest($2::float8[]) as every
            group by every order by every
            """;

    private final Pool pool;

    PostgresPaymentWaits(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Summary> newest(int orders, List<Duration> intervals) {
        Double[] seconds = intervals.stream()
                .map(interval -> (double) interval.toMillis() / 1000)
                .toArray(Double[]::new);
        return pool.preparedQuery(WAITS).execute(Tuple.of(orders, seconds)).map(PostgresPaymentWaits::summary);
    }

    private static Summary summary(RowSet<Row> rows) {
        Summary summary = new Summary(0, null, 0, 0, null, List.of());
        List<Polling> polling = new ArrayList<>();
        for (Row row : rows) {
            polling.add(
                    new Polling(elapsed(row.getDouble("every")), row.getLong("calls"), elapsed(row.getDouble("late"))));
            summary = new Summary(
                    row.getLong("orders"),
                    elapsedIfSaid(row.getDouble("median")),
                    row.getLong("deliveries"),
                    row.getLong("questions"),
                    elapsedIfSaid(row.getDouble("push")),
                    polling);
        }
        return summary;
    }
}
