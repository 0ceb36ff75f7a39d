package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Answer;
import dev.bellhop.gateway.app.IdempotencyKey;
import dev.bellhop.gateway.app.KeyReused;
import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.Recall;
import dev.bellhop.gateway.app.Transaction;
import dev.bellhop.gateway.domain.Dispatch;
import dev.bellhop.gateway.domain.Event;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One open transaction. */
final class PostgresTransaction implements Transaction {

    private static final String LOCK = "select " + PaymentRow.COLUMNS + " from payments where id = $1 for update";

    private static final String INSERT = "insert into payments (" + PaymentRow.COLUMNS + ", traceparent) values ("
            + "$1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)";

    private static final String UPDATE =
            """
            update payments set status = $2, captured = $3, refunded = $4, attempts = $5, refunds = $6, card = $7,
                   settle_at = $8, updated_at = $9, version = $10
             where id = $1 and version = $10 - 1
            """;

    /** Who acts without a trace of its own, acts in that of the merchant who asked for the payment. */
    private static final String INSERT_EVENTS =
            """
            insert into events (id, type, owner, payment_id, order_id, body, traceparent, occurred_at)
            select e.id, e.type, e.owner, e.payment_id, e.order_id, e.body, coalesce(e.traceparent, p.traceparent),
                   e.occurred_at
              from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::text[],
                          $8::timestamptz[])
                   with ordinality as e (id, type, owner, payment_id, order_id, body, traceparent, occurred_at, place)
              join payments p on p.id = e.payment_id
             order by e.place
            """;

    private static final String INSERT_DELIVERIES =
            """
            insert into deliveries (event_id, endpoint_id, payment_id, status, due_at, copy, in_order, held, faults,
                                    created_at)
            select e.id, w.id, e.payment_id, wanted.status, wanted.due_at, wanted.copy, wanted.in_order, wanted.held,
                   wanted.faults, e.occurred_at
              from unnest($1::text[], $2::text[], $3::timestamptz[], $4::int[], $5::boolean[], $6::boolean[], $7::text[])
                   with ordinality as wanted (id, status, due_at, copy, in_order, held, faults, place)
              join events e on e.id = wanted.id
              join webhook_endpoints w
                on w.disabled_reason is null and (w.event_types = '{}' or e.type = any (w.event_types))
             order by wanted.place
            """;

    /** An overtaken event follows one second after. */
    private static final String LET_GO =
            """
            update deliveries set held = false, due_at = least(due_at, $3::timestamptz + interval '1 second')
             where payment_id = any ($1) and held and status = 'pending' and event_id <> all ($2)
            """;

    private static final String LOCK_ORDER = "select pg_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String COUNT_PAYMENTS = "select count(*) as payments from payments where order_id = $1";

    private static final String CLAIM_KEY =
            """
            insert into idempotency_keys (owner, operation, key, fingerprint, created_at) values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """;

    private static final String FIND_KEY =
            """
            select fingerprint, status, location, body from idempotency_keys
             where owner = $1 and operation = $2 and key = $3
            """;

    private static final String ANSWER_KEY =
            """
            update idempotency_keys set status = $4, location = $5, body = $6
             where owner = $1 and operation = $2 and key = $3
            """;

    private final SqlConnection connection;

    PostgresTransaction(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public Uni<Payment> lock(String paymentId) {
        return connection.preparedQuery(LOCK).execute(Tuple.of(paymentId)).map(rows -> {
            for (Row row : rows) {
                return PaymentRow.toPayment(row);
            }
            throw new NotFound("payment", paymentId);
        });
    }

    @Override
    public Uni<Void> insert(Payment payment, @Nullable String traceparent) {
        return connection
                .preparedQuery(INSERT)
                .execute(PaymentRow.of(payment).addValue(traceparent))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> insertAll(List<Payment> payments) {
        return connection
                .preparedQuery(INSERT)
                .executeBatch(payments.stream()
                        .map(payment -> PaymentRow.of(payment).addValue(null))
                        .toList())
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> update(Payment payment) {
        Tuple values = Tuple.from(Arrays.asList(
                payment.id(),
                payment.status().name(),
                payment.captured(),
                payment.refunded(),
                PaymentRow.attempts(payment),
                PaymentRow.refunds(payment),
                payment.card(),
                Times.nullable(payment.settleAt()),
                Times.of(payment.updatedAt()),
                payment.version()));
        return connection.preparedQuery(UPDATE).execute(values).map(rows -> {
            if (rows.rowCount() != 1) {
                throw new IllegalStateException("the payment was not locked");
            }
            return null;
        });
    }

    @Override
    public Uni<Void> publish(List<Event> events, List<Dispatch> dispatches) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Tuple rows = Tuple.from(Arrays.asList(
                strings(events, Event::id),
                strings(events, event -> event.type().word()),
                strings(events, Event::owner),
                strings(events, Event::paymentId),
                strings(events, Event::orderId),
                events.stream().map(event -> Buffer.buffer(event.body())).toArray(Buffer[]::new),
                strings(events, Event::traceparent),
                events.stream().map(event -> Times.of(event.occurredAt())).toArray(OffsetDateTime[]::new)));
        return connection
                .preparedQuery(INSERT_EVENTS)
                .execute(rows)
                .chain(() -> connection.preparedQuery(INSERT_DELIVERIES).execute(DispatchRows.of(dispatches)))
                .chain(() -> connection
                        .preparedQuery(LET_GO)
                        .execute(Tuple.of(
                                strings(events, Event::paymentId),
                                strings(events, Event::id),
                                Times.of(events.get(0).occurredAt()))))
                .replaceWithVoid();
    }

    @Override
    public Uni<Long> countPayments(String orderId) {
        Tuple order = Tuple.of(orderId);
        return connection
                .preparedQuery(LOCK_ORDER)
                .execute(order)
                .chain(() -> connection.preparedQuery(COUNT_PAYMENTS).execute(order))
                .map(rows -> rows.iterator().next().getLong("payments"));
    }

    private static String[] strings(List<Event> events, Function<Event, ?> column) {
        return events.stream().map(column).toArray(String[]::new);
    }

    @Override
    public Uni<Recall> recall(String owner, IdempotencyKey key, Instant now) {
        Tuple claim = Tuple.of(owner, key.operation(), key.key(), Buffer.buffer(key.fingerprint()), Times.of(now));
        return connection.preparedQuery(CLAIM_KEY).execute(claim).chain(claimed -> {
            if (claimed.rowCount() == 1) {
                return Uni.createFrom().item(new Recall(null));
            }
            return connection
                    .preparedQuery(FIND_KEY)
                    .execute(Tuple.of(owner, key.operation(), key.key()))
                    .map(rows -> new Recall(answer(rows.iterator().next(), key)));
        });
    }

    private static Answer answer(Row row, IdempotencyKey key) {
        if (!Arrays.equals(row.getBuffer("fingerprint").getBytes(), key.fingerprint())) {
            throw new KeyReused();
        }
        return new Answer(
                row.getInteger("status"),
                row.getString("location"),
                row.getBuffer("body").getBytes(),
                true);
    }

    @Override
    public Uni<Void> remember(String owner, IdempotencyKey key, Answer answer) {
        Tuple values = Tuple.from(Arrays.asList(
                owner, key.operation(), key.key(), answer.status(), answer.location(), Buffer.buffer(answer.body())));
        return connection.preparedQuery(ANSWER_KEY).execute(values).replaceWithVoid();
    }
}
