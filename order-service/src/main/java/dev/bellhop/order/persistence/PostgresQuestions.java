package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;
import static dev.bellhop.order.persistence.Columns.texts;
import static dev.bellhop.order.persistence.Columns.times;

import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.Questions;
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
final class PostgresQuestions implements Questions {

    /** Until a time that nothing else is due at: the clock knows milliseconds only. Whatever comes meanwhile changes it. */
    private static final String TAKE =
            """
            update orders set next_ask = $3::timestamptz - interval '1 microsecond'
            where order_id in (
                select order_id from orders
                where (status in ('Pending', 'PaymentFailed') or doubtful or refund_expected is not null
                        or closing_since is not null)
                    and next_ask <= $2::timestamptz
                    and (asks < $4 or created_at <= $5::timestamptz or doubtful or refund_expected is not null
                        or closing_since is not null)
                order by next_ask limit $1
                for update skip locked)
            returning order_id, doubtful, refund_expected, closing_since, asks, unanswered,
                case when unclosed_version = version and not doubtful then unclosed end as unclosed, created_at, version, next_ask
            """;

    /**
     * What is doubtful is asked about no later than it would have been. Its time changes all the same: so whoever has it in
     * hand sees that a refund came.
     */
    private static final String EXPECT_REFUND =
            """
            update orders set refund_expected = least(captured - $2, greatest(refund_expected, refunded)) + $2,
                next_ask = case when doubtful then least(next_ask - interval '1 microsecond', $3::timestamptz)
                    else $3::timestamptz end
            where order_id = $1 and refunded < captured
            """;

    private static final String CLOSED =
            "update orders set closing_since = null where order_id = $1 and closing_since = $2::timestamptz";

    /** Locks in the order in which batches of events do. */
    private static final String POSTPONE =
            """
            update orders set next_ask = $3::timestamptz from (
                select orders.order_id from orders
                join unnest($1::text[], $2::timestamptz[]) as taken(order_id, until)
                    on orders.order_id = taken.order_id and orders.next_ask = taken.until
                order by orders.order_id
                for update of orders) as ours
            where orders.order_id = ours.order_id
            """;

    private static final String IN_VAIN =
            """
            update orders set unanswered = unanswered + 1, next_ask = $3::timestamptz, unclosed = $4,
                unclosed_version = $5
            where order_id = $1 and next_ask = $2::timestamptz
            """;

    private final Pool pool;
    private final AskingConfig asking;

    PostgresQuestions(Pool pool, AskingConfig asking) {
        this.pool = pool;
        this.asking = asking;
    }

    @Override
    public Uni<List<Question>> take(int most, Instant now, Instant until) {
        return pool.preparedQuery(TAKE)
                .execute(Tuple.of(
                        most,
                        at(now),
                        at(until),
                        // The last question is kept for the moment of expiry.
                        asking.most() - 1,
                        at(now.minus(asking.expireAfter()))))
                .map(rows -> {
                    List<Question> questions = new ArrayList<>();
                    for (Row row : rows) {
                        OffsetDateTime closing = row.getOffsetDateTime("closing_since");
                        String[] unclosed = row.getArrayOfStrings("unclosed");
                        questions.add(new Question(
                                row.getString("order_id"),
                                row.getBoolean("doubtful"),
                                row.getLong("refund_expected"),
                                closing == null ? null : closing.toInstant(),
                                row.getInteger("asks"),
                                row.getInteger("unanswered"),
                                unclosed == null ? List.of() : List.of(unclosed),
                                row.getOffsetDateTime("created_at").toInstant(),
                                row.getLong("version"),
                                row.getOffsetDateTime("next_ask").toInstant()));
                    }
                    return questions;
                });
    }

    @Override
    public Uni<Void> expectRefund(String orderId, long amount, Instant due) {
        return pool.preparedQuery(EXPECT_REFUND)
                .execute(Tuple.of(orderId, amount, at(due)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> closed(String orderId, Instant since) {
        return pool.preparedQuery(CLOSED).execute(Tuple.of(orderId, at(since))).replaceWithVoid();
    }

    @Override
    public Uni<Void> postpone(List<Question> questions, Instant next) {
        return pool.preparedQuery(POSTPONE)
                .execute(
                        Tuple.of(texts(questions, Question::orderId), times(questions, Question::takenUntil), at(next)))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> inVain(Question question, List<String> unclosed, Instant next) {
        return pool.preparedQuery(IN_VAIN)
                .execute(Tuple.of(
                        question.orderId(),
                        at(question.takenUntil()),
                        at(next),
                        unclosed.isEmpty() ? null : unclosed.toArray(String[]::new),
                        question.version()))
                .replaceWithVoid();
    }
}
