package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;
import static dev.bellhop.order.persistence.Columns.elapsed;
import static dev.bellhop.order.persistence.Columns.elapsedIfSaid;

import dev.bellhop.order.app.Activity;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

@Singleton
final class PostgresActivity implements Activity {

    private static final String FLOW =
            """
            select slice, count(*) as events, percentile_cont(array[0.5, 0.99]) within group (order by took) as took
            from (
                select least($3 - 1, floor($3 * extract(epoch from received_at - $1::timestamptz)
                        / extract(epoch from $2::timestamptz - $1::timestamptz)))::int as slice,
                    case when outcome = 'applied' then extract(epoch from processed_at - received_at)::float8 end as took
                from inbox where received_at >= $1::timestamptz and received_at < $2::timestamptz
                order by received_at desc limit $4) as newest
            group by grouping sets ((slice), ()) order by slice
            """;

    private static final String BACKLOG =
            """
            select (select count(*) from (select from outbox limit $1) as some_of) as outbox,
                coalesce(extract(epoch from now() - (select occurred_at from outbox order by id limit 1)), 0)::float8
                    as outbox_oldest,
                (select count(*) from (select from inbox where outcome = 'parked' limit $1) as some_of) as parked,
                coalesce(extract(epoch from now() - (select min(received_at) from inbox where outcome = 'parked')), 0)::float8
                    as parked_oldest,
                (select count(*) from (select from orders where status = 'NeedsReview' limit $1) as some_of) as reviews,
                (select count(*) from (select from dead_letter where redriven_at is null limit $1) as some_of) as letters,
                (select max(received_at) from inbox) as last_event
            """;

    /** Most orders are asked about five times at most. */
    private static final int ASKS_APART = 6;

    private static final String ASKS =
            """
            select least(asks, $2) as asks, count(*) as orders, sum(asks) as questions
            from (select order_id from order_listing order by created_at desc, order_id desc limit $1) as newest
                join orders using (order_id)
            group by 1
            """;

    private final Pool pool;

    PostgresActivity(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Flow> flow(Instant from, Instant to, int slices, int most) {
        return pool.preparedQuery(FLOW)
                .execute(Tuple.of(at(from), at(to), slices, most))
                .map(rows -> flow(rows, most));
    }

    private static Flow flow(RowSet<Row> rows, int most) {
        List<Slice> slices = new ArrayList<>();
        Flow all = new Flow(0, null, null, List.of(), true);
        for (Row row : rows) {
            Double[] took = row.getArrayOfDoubles("took");
            Duration median = took == null ? null : elapsedIfSaid(took[0]);
            long events = row.getLong("events");
            if (row.getInteger("slice") != null) {
                slices.add(new Slice(row.getInteger("slice"), events, median));
            } else {
                all = new Flow(events, median, took == null ? null : elapsedIfSaid(took[1]), slices, events < most);
            }
        }
        return all;
    }

    @Override
    public Uni<Backlog> backlog(int most) {
        return pool.preparedQuery(BACKLOG).execute(Tuple.of(most)).map(rows -> {
            Row row = rows.iterator().next();
            OffsetDateTime last = row.getOffsetDateTime("last_event");
            return new Backlog(
                    row.getLong("outbox"),
                    elapsed(row.getDouble("outbox_oldest")),
                    row.getLong("parked"),
                    elapsed(row.getDouble("parked_oldest")),
                    row.getLong("reviews"),
                    row.getLong("letters"),
                    last == null ? null : last.toInstant());
        });
    }

    @Override
    public Uni<Asks> asks(int newest) {
        return pool.preparedQuery(ASKS)
                .execute(Tuple.of(newest, ASKS_APART - 1))
                .map(rows -> {
                    Long[] byAsks = new Long[ASKS_APART];
                    Arrays.fill(byAsks, 0L);
                    long orders = 0;
                    long questions = 0;
                    for (Row row : rows) {
                        byAsks[row.getInteger("asks")] = row.getLong("orders");
                        orders += row.getLong("orders");
                        questions += row.getLong("questions");
                    }
                    return new Asks(orders, questions, List.of(byAsks));
                });
    }
}
