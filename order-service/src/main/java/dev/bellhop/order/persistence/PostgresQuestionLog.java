package dev.bellhop.order.persistence;

import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads what {@link PostgresBatch} writes with each answer. */
@Singleton
final class PostgresQuestionLog implements QuestionLog {

    private static final String OF = "select * from question_log where order_id = $1 order by at, number limit 200";

    private static final String NEWEST = "select * from question_log where number < $1 order by number desc limit $2";

    private static final String COUNTS =
            """
            select reason, means, count(*) as answers, count(*) filter (where moved) as moved
            from (select reason, means, moved from question_log order by number desc limit $1) as newest
            group by reason, means order by answers desc, reason, means
            """;

    private final Pool pool;

    PostgresQuestionLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Answered>> of(String orderId) {
        return pool.preparedQuery(OF).execute(Tuple.of(orderId)).map(PostgresQuestionLog::answered);
    }

    @Override
    public Uni<List<Answered>> newest(@Nullable Long before, int limit) {
        return pool.preparedQuery(NEWEST)
                .execute(Tuple.of(before == null ? Long.MAX_VALUE : before, limit))
                .map(PostgresQuestionLog::answered);
    }

    @Override
    public Uni<List<Count>> counts(int newest) {
        return pool.preparedQuery(COUNTS).execute(Tuple.of(newest)).map(rows -> {
            List<Count> counts = new ArrayList<>();
            rows.forEach(row ->
                    counts.add(new Count(reason(row), means(row), row.getLong("answers"), row.getLong("moved"))));
            return counts;
        });
    }

    private static List<Answered> answered(RowSet<Row> rows) {
        List<Answered> all = new ArrayList<>();
        rows.forEach(row -> all.add(new Answered(
                row.getLong("number"),
                row.getString("order_id"),
                row.getOffsetDateTime("at").toInstant(),
                reason(row),
                means(row),
                row.getInteger("payments"),
                OrderStatus.of(row.getString("status")),
                row.getBoolean("moved"))));
        return all;
    }

    private static Reason reason(Row row) {
        return Reason.valueOf(row.getString("reason").toUpperCase(Locale.ROOT));
    }

    private static Means means(Row row) {
        return Means.valueOf(row.getString("means").toUpperCase(Locale.ROOT));
    }
}
