package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.DatabaseClock;
import dev.bellhop.order.app.Upkeep;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;

@Singleton
final class PostgresUpkeep implements Upkeep, DatabaseClock {

    private static final String NOW = "select clock_timestamp() as now";

    private static final String BACKLOG =
            """
            select (select count(*) from outbox) as outbox_pending,
                coalesce(extract(epoch from now() - (select occurred_at from outbox order by id limit 1)), 0)::float8
                    as outbox_oldest,
                (select count(*) from inbox where outcome = 'parked') as parked,
                coalesce(extract(epoch from now() - (select min(received_at) from inbox
                    where outcome = 'parked' and reason not in ('order_unknown_unpaid_at_provider',
                        'order_unknown_denied_by_provider'))), 0)::float8 as parked_oldest,
                (select count(*) from orders where status = 'NeedsReview') as needing_review
            """;

    /** The tables forget together: as many as of that of which most is left. */
    private static final String FORGET =
            """
            with letters as (
                delete from dead_letter where origin in (
                    select origin from dead_letter where at < $1::timestamptz limit $2) returning 1),
            replays as (
                delete from inbox_replay where replay_id in (
                    select replay_id from inbox_replay where at < $1::timestamptz limit $2) returning 1),
            rejections as (
                delete from rejected_webhook where (partition, position, received_at) in (
                    select partition, position, received_at from rejected_webhook where received_at < $1::timestamptz limit $2)
                    returning 1),
            unplaced as (
                delete from parked_question where order_id in (
                    select order_id from parked_question where next_ask < $1::timestamptz limit $2) returning 1),
            questions as (
                delete from question_log where number in (
                    select number from question_log where at < $1::timestamptz order by at limit $2) returning 1),
            events as (
                delete from inbox where (source, event_id) in (
                    select source, event_id from inbox where received_at < $1::timestamptz
                        and (outcome <> 'parked' or reason in ('order_unknown_unpaid_at_provider',
                            'order_unknown_denied_by_provider'))
                    limit $2 for update skip locked) returning 1)
            select greatest((select count(*) from letters), (select count(*) from replays), (select count(*) from rejections),
                (select count(*) from unplaced), (select count(*) from questions), (select count(*) from events))::int as most
            """;

    private final Pool pool;

    PostgresUpkeep(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Instant> now() {
        return pool.query(NOW)
                .execute()
                .map(rows -> rows.iterator().next().getOffsetDateTime("now").toInstant());
    }

    @Override
    public Uni<OrderMetrics.Backlog> backlog() {
        return pool.query(BACKLOG).execute().map(rows -> {
            Row row = rows.iterator().next();
            return new OrderMetrics.Backlog(
                    row.getLong("outbox_pending"),
                    Math.max(0, row.getDouble("outbox_oldest")),
                    row.getLong("parked"),
                    Math.max(0, row.getDouble("parked_oldest")),
                    row.getLong("needing_review"));
        });
    }

    @Override
    public Uni<Integer> forget(Instant before, int most) {
        return pool.preparedQuery(FORGET)
                .execute(Tuple.of(at(before), most))
                .map(rows -> rows.iterator().next().getInteger("most"));
    }
}
