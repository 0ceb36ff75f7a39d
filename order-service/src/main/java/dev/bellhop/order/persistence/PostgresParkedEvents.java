package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;
import static dev.bellhop.order.persistence.Columns.texts;

import dev.bellhop.order.app.ParkedEvents;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

@Singleton
final class PostgresParkedEvents implements ParkedEvents {

    /**
     * Looks no further than at the oldest thousand events. The key decides between instances that take the same order at
     * the same time, and all take in one order.
     */
    private static final String TAKE =
            """
            insert into parked_question (order_id, next_ask)
            select order_id, $4::timestamptz from (
                select order_id from (
                    select distinct order_id from (
                        select order_id from inbox
                        where outcome = 'parked' and reason = 'order_unknown' and received_at <= $2::timestamptz
                        order by received_at limit 1000) as oldest) as waiting
                left join parked_question using (order_id)
                where next_ask is null or next_ask <= $3::timestamptz
                order by next_ask nulls first limit $1) as due
            order by order_id
            on conflict (order_id) do update set next_ask = excluded.next_ask
                where parked_question.next_ask <= $3::timestamptz
            returning order_id, unanswered
            """;

    private static final String POSTPONE =
            "update parked_question set next_ask = $2::timestamptz where order_id = any($1)";

    private static final String UNANSWERED =
            "update parked_question set next_ask = $2::timestamptz, unanswered = unanswered + 1 where order_id = $1";

    /** Locks in the order in which batches of events do. */
    private static final String ANSWERED =
            """
            with done as (delete from parked_question where order_id = $1),
            ours as (
                select source, event_id from inbox
                where order_id = $1 and outcome = 'parked' and processed_at <= $3::timestamptz
                order by source collate "C", event_id collate "C"
                for update)
            update inbox set reason = $2 from ours
            where inbox.source = ours.source and inbox.event_id = ours.event_id
            """;

    private final Pool pool;

    PostgresParkedEvents(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Waiting>> take(int most, Instant latest, Instant now, Instant until) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(most, at(latest), at(now), at(until)))
                .map(rows -> {
                    List<Waiting> orders = new ArrayList<>();
                    rows.forEach(
                            row -> orders.add(new Waiting(row.getString("order_id"), row.getInteger("unanswered"))));
                    return orders;
                });
    }

    @Override
    public Uni<Void> postpone(List<Waiting> orders, Instant next) {
        return pool.preparedQuery(POSTPONE)
                .execute(Tuple.of(texts(orders, Waiting::orderId), at(next)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> unanswered(Waiting order, Instant next) {
        return pool.preparedQuery(UNANSWERED)
                .execute(Tuple.of(order.orderId(), at(next)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> answered(String orderId, Answer answer, Instant asked) {
        return pool.preparedQuery(ANSWERED)
                .execute(Tuple.of(orderId, answer.reason(), at(asked)))
                .replaceWithVoid();
    }
}
