package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.EventLog;
import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.domain.EventType;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresEventLog implements EventLog {

    private static final String SELECT =
            "select position, id, type, payment_id, order_id, body, traceparent, occurred_at from events ";

    private static final String LIST = SELECT
            + """
            where ($1::text is null or order_id = $1) and ($2::text is null or payment_id = $2)
              and ($3::text is null or type = $3)
              and ($4::timestamptz is null or occurred_at >= $4) and ($5::timestamptz is null or occurred_at < $5)
              and ($6::bigint is null or position < $6)
            order by position desc
            limit $7
            """;

    private static final String FIND = SELECT + "where id = $1";

    private static final String DELIVERIES =
            """
            select d.id, d.endpoint_id, d.copy, d.status, d.attempts, d.due_at, d.faults,
                   coalesce((select jsonb_agg(jsonb_build_object(
                                        'number', a.number, 'startedAt', a.started_at, 'durationMs', a.duration_ms,
                                        'status', a.status, 'answer', a.answer, 'error', a.error,
                                        'faults', coalesce(to_jsonb(a.faults), '[]')) order by a.id)
                               from delivery_attempts a where a.delivery_id = d.id), '[]') as log
              from deliveries d where d.event_id = $1 order by d.id
            """;

    private static final String RESEND =
            """
            insert into deliveries (event_id, endpoint_id, payment_id, due_at, in_order, created_at)
            select e.id, w.id, e.payment_id, $3, false, $3
              from events e join webhook_endpoints w
                on w.disabled_reason is null
               and case when $2::text is null then w.event_types = '{}' or e.type = any (w.event_types)
                        else w.id = $2 end
             where e.id = $1
            """;

    private static final String RECOVER =
            """
            insert into deliveries (event_id, endpoint_id, payment_id, due_at, in_order, created_at)
            select e.id, w.id, e.payment_id, $3, false, $3
              from events e join webhook_endpoints w on w.id = $1 and (w.event_types = '{}' or e.type = any (w.event_types))
             where e.occurred_at >= $2
               and not exists (select from deliveries d
                                where d.event_id = e.id and d.endpoint_id = w.id and d.status in ('delivered', 'pending'))
             order by e.position
            """;

    private static final String PRUNE_EVENTS =
            """
            delete from events where id in (
                select e.id from events e
                 where e.occurred_at < $1
                   and not exists (select from deliveries d
                                     join webhook_endpoints w on w.id = d.endpoint_id and w.disabled_reason is null
                                    where d.event_id = e.id and d.status = 'pending')
                 order by e.occurred_at, e.position limit $2)
            """;

    private static final String PRUNE_KEYS =
            """
            delete from idempotency_keys where (owner, operation, key) in (
                select owner, operation, key from idempotency_keys where created_at < $1 limit $2)
            """;

    private final Pool pool;

    PostgresEventLog(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Entry>> list(Filter filter, int limit) {
        EventType type = filter.type();
        Tuple values = Tuple.from(Arrays.asList(
                filter.orderId(),
                filter.paymentId(),
                type == null ? null : type.word(),
                Times.nullable(filter.from()),
                Times.nullable(filter.to()),
                filter.before(),
                limit));
        return pool.preparedQuery(LIST).execute(values).map(PostgresEventLog::entries);
    }

    @Override
    public Uni<Entry> find(String eventId) {
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(eventId))
                .map(rows -> entries(rows).stream().findFirst().orElseThrow(() -> new NotFound("event", eventId)));
    }

    private static List<Entry> entries(RowSet<Row> rows) {
        List<Entry> entries = new ArrayList<>();
        for (Row row : rows) {
            entries.add(new Entry(
                    row.getLong("position"),
                    row.getString("id"),
                    EventType.of(row.getString("type")),
                    row.getString("payment_id"),
                    row.getString("order_id"),
                    new String(row.getBuffer("body").getBytes(), StandardCharsets.UTF_8),
                    row.getString("traceparent"),
                    Times.in(row, "occurred_at")));
        }
        return entries;
    }

    @Override
    public Uni<List<DeliveryEntry>> deliveries(String eventId) {
        return pool.preparedQuery(DELIVERIES).execute(Tuple.of(eventId)).map(rows -> {
            List<DeliveryEntry> deliveries = new ArrayList<>();
            for (Row row : rows) {
                deliveries.add(delivery(row));
            }
            return deliveries;
        });
    }

    private static DeliveryEntry delivery(Row row) {
        return new DeliveryEntry(
                row.getLong("id"),
                row.getString("endpoint_id"),
                row.getInteger("copy"),
                row.getString("status"),
                row.getInteger("attempts"),
                Times.in(row, "due_at"),
                FaultJson.decode(row.getString("faults")).stream()
                        .map(fault -> fault.kind().word())
                        .toList(),
                ((JsonArray) row.getJson("log"))
                        .stream()
                                .map(JsonObject.class::cast)
                                .map(PostgresEventLog::attempt)
                                .toList());
    }

    private static AttemptEntry attempt(JsonObject json) {
        return new AttemptEntry(
                json.getInteger("number"),
                OffsetDateTime.parse(json.getString("startedAt")).toInstant(),
                json.getInteger("durationMs"),
                json.getInteger("status"),
                json.getString("answer"),
                json.getString("error"),
                json.getJsonArray("faults").stream().map(String.class::cast).toList());
    }

    @Override
    public Uni<Integer> resend(String eventId, @Nullable String endpointId, Instant now) {
        return pool.preparedQuery(RESEND)
                .execute(Tuple.from(Arrays.asList(eventId, endpointId, Times.of(now))))
                .map(SqlResult::rowCount);
    }

    @Override
    public Uni<Integer> recover(String endpointId, Instant since, Instant now) {
        return pool.preparedQuery(RECOVER)
                .execute(Tuple.of(endpointId, Times.of(since), Times.of(now)))
                .map(SqlResult::rowCount);
    }

    @Override
    public Uni<Integer> prune(Instant before, int limit) {
        Tuple values = Tuple.of(Times.of(before), limit);
        return pool.preparedQuery(PRUNE_EVENTS).execute(values).chain(events -> pool.preparedQuery(PRUNE_KEYS)
                .execute(values)
                .map(keys -> Math.max(events.rowCount(), keys.rowCount())));
    }
}
