package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;
import static dev.bellhop.order.persistence.Columns.numbers;
import static dev.bellhop.order.persistence.Columns.texts;
import static dev.bellhop.order.persistence.Columns.times;
import static dev.bellhop.order.persistence.Columns.word;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * One transaction over many events: each method is one statement, {@link #update} and {@link #asked} are two, {@link #lock}
 * up to three.
 */
final class PostgresBatch implements EventBatches.Batch {

    private static final String RECORD =
            """
            with recorded as (
                insert into inbox (source, event_id, type, order_id, content_type, headers, body, received_at,
                    processed_at, outcome, deliveries)
                select source, event_id, type, order_id, content_type, headers, body, received_at, $9::timestamptz,
                    'applied', deliveries
                from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                    $8::timestamptz[], $10::int[])
                    as t(source, event_id, type, order_id, content_type, headers, body, received_at, deliveries)
                on conflict (source, event_id) do update set deliveries = inbox.deliveries + excluded.deliveries
                returning source, event_id, xmax <> 0 as is_known)
            select source, event_id from recorded where is_known
            """;

    private static final String LOCK =
            "select " + OrderRow.COLUMNS + " from orders where order_id = any($1) order by order_id for update";

    private static final String SHARE_BUCKETS = "select count(pg_advisory_xact_lock_shared(" + Buckets.CLASS
            + ", bucket)::text) from (select distinct " + Buckets.OF_MANY
            + " as bucket from unnest($1::text[]) as t(order_id) order by 1) as buckets";

    private static final String FACTS =
            """
            select order_id, kind, origin, payment_id, refund_id, amount, currency, ruling from payment_fact
            where order_id = any($1)
            """;

    private static final String ADD_FACTS =
            """
            insert into payment_fact (order_id, fact_key, kind, origin, payment_id, refund_id, amount, currency, ruling,
                recorded_at)
            select *, $10::timestamptz from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[],
                $6::text[], $7::bigint[], $8::text[], $9::text[])
            on conflict do nothing
            """;

    private static final String UPDATE_ORDERS =
            """
            update orders set standing = n.standing, captured = n.captured, refunded = n.refunded,
                failed_payments = n.failed_payments, status = n.status, review_reason = n.review_reason,
                version = n.version, updated_at = n.updated_at, stage = n.stage,
                doubtful = orders.doubtful or n.doubtful,
                refund_expected = case when n.refunded < orders.refund_expected then orders.refund_expected end,
                next_ask = case when n.doubtful then n.updated_at else orders.next_ask end
            from unnest($1::text[], $2::text[], $3::bigint[], $4::bigint[], $5::int[], $6::text[], $7::text[],
                $8::bigint[], $9::timestamptz[], $10::text[], $11::boolean[])
                as n(order_id, standing, captured, refunded, failed_payments, status, review_reason, version, updated_at,
                    stage, doubtful)
            where orders.order_id = n.order_id
            """;

    /** The history and the outbox say nearly the same: it is sent once. */
    static final String ADD_CHANGES =
            """
            with change as (
                select * from unnest($1::text[], $2::bigint[], $3::timestamptz[], $4::text[], $5::text[], $6::text[],
                    $7::text[], $8::text[], $9::text[], $10::text[], $11::text[], $12::bigint[], $13::text[],
                    $14::text[])
                    as t(order_id, version, at, from_status, to_status, type, cause, trace_id, actor, event_id,
                        customer_id, amount, currency, note)),
            remembered as (
                insert into order_history (order_id, version, at, from_status, to_status, type, cause, actor, event_id,
                    trace_id, note)
                select order_id, version, at, from_status, to_status, type, cause, actor, event_id, trace_id, note
                from change)
            insert into outbox (order_id, version, type, customer_id, status, previous_status, amount, currency, cause,
                occurred_at, trace_id)
            select order_id, version, type, customer_id, to_status, from_status, amount, currency, cause, at, trace_id
            from change
            """;

    private static final String NOTE =
            """
            update inbox set outcome = n.outcome, reason = n.reason
            from unnest($1::text[], $2::text[], $3::text[], $4::text[]) as n(source, event_id, outcome, reason)
            where inbox.source = n.source and inbox.event_id = n.event_id
            """;

    private static final String RULE =
            """
            update payment_fact set ruling = n.ruling
            from unnest($1::text[], $2::text[], $3::text[]) as n(order_id, fact_key, ruling)
            where payment_fact.order_id = n.order_id and payment_fact.fact_key = n.fact_key
            """;

    /**
     * A doubt that is not settled is still to be asked about, at its own time; so is what came since the order was taken and
     * changed its time.
     */
    private static final String ASKED =
            """
            update orders set asks = asks + 1, unanswered = 0, unclosed = null, doubtful = orders.doubtful and not n.settled,
                next_ask = case when orders.next_ask <> n.taken_until or orders.doubtful and not n.settled
                    then orders.next_ask else n.next_ask end,
                refund_expected = case when orders.next_ask <> n.taken_until or n.next_ask is not null
                    then orders.refund_expected end,
                closing_since = case when orders.next_ask <> n.taken_until then orders.closing_since end
            from unnest($1::text[], $2::timestamptz[], $3::boolean[], $4::timestamptz[])
                as n(order_id, next_ask, settled, taken_until)
            where orders.order_id = n.order_id
            """;

    private static final String LOG_QUESTIONS =
            """
            insert into question_log (order_id, at, reason, means, payments, status, moved)
            select n.order_id, $1::timestamptz, n.reason, n.means, n.payments, n.status, n.moved
            from unnest($2::text[], $3::text[], $4::text[], $5::bigint[], $6::text[], $7::boolean[])
                as n(order_id, reason, means, payments, status, moved)
            """;

    private final SqlConnection connection;

    PostgresBatch(SqlConnection connection) {
        this.connection = connection;
    }

    @Override
    public Uni<Set<ReceivedEvent.Key>> record(List<ReceivedEvent> events, Instant now) {
        Map<ReceivedEvent.Key, ReceivedEvent> first = new LinkedHashMap<>();
        Map<ReceivedEvent.Key, Integer> deliveries = new HashMap<>();
        for (ReceivedEvent event : events) {
            first.putIfAbsent(event.key(), event);
            deliveries.merge(event.key(), 1, Integer::sum);
        }
        // One order of locking for everybody who repeats the same events at the same time.
        List<ReceivedEvent> rows = first.values().stream()
                .sorted(Comparator.comparing(ReceivedEvent::source).thenComparing(ReceivedEvent::eventId))
                .toList();
        Tuple parameters = Tuple.tuple(List.of(
                texts(rows, ReceivedEvent::source),
                texts(rows, ReceivedEvent::eventId),
                texts(rows, ReceivedEvent::type),
                texts(rows, ReceivedEvent::orderId),
                texts(rows, ReceivedEvent::contentType),
                texts(rows, ReceivedEvent::headers),
                rows.stream().map(event -> Buffer.buffer(event.body())).toArray(Buffer[]::new),
                times(rows, ReceivedEvent::receivedAt),
                at(now),
                rows.stream().map(event -> deliveries.get(event.key())).toArray(Integer[]::new)));
        return connection.preparedQuery(RECORD).execute(parameters).map(known -> {
            Set<ReceivedEvent.Key> fresh = new HashSet<>(first.keySet());
            known.forEach(
                    row -> fresh.remove(new ReceivedEvent.Key(row.getString("source"), row.getString("event_id"))));
            return fresh;
        });
    }

    @Override
    public Uni<Map<String, Order>> lock(Collection<String> orderIds) {
        return select(orderIds).chain(found -> {
            List<String> missing =
                    orderIds.stream().filter(id -> !found.containsKey(id)).toList();
            if (missing.isEmpty()) {
                return Uni.createFrom().item(found);
            }
            return connection
                    .preparedQuery(SHARE_BUCKETS)
                    .execute(Tuple.of((Object) missing.toArray(String[]::new)))
                    .chain(shared -> select(missing))
                    .invoke(placedMeanwhile -> placedMeanwhile.putAll(found));
        });
    }

    private Uni<Map<String, Order>> select(Collection<String> orderIds) {
        return connection
                .preparedQuery(LOCK)
                .execute(Tuple.of((Object) orderIds.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, Order> orders = new HashMap<>();
                    for (Row row : rows) {
                        Order order = OrderRow.of(row).toOrder();
                        orders.put(order.id().value(), order);
                    }
                    return orders;
                });
    }

    @Override
    public Uni<Map<String, List<PaymentFact>>> facts(Collection<String> orderIds) {
        if (orderIds.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return connection
                .preparedQuery(FACTS)
                .execute(Tuple.of((Object) orderIds.toArray(String[]::new)))
                .map(rows -> {
                    Map<String, List<PaymentFact>> facts = new HashMap<>();
                    rows.forEach(row -> facts.computeIfAbsent(row.getString("order_id"), id -> new ArrayList<>())
                            .add(fact(row)));
                    return facts;
                });
    }

    private static PaymentFact fact(Row row) {
        return FactRow.fact(
                row.getString("kind"),
                row.getString("origin"),
                row.getString("payment_id"),
                row.getString("refund_id"),
                row.getLong("amount"),
                row.getString("currency"),
                row.getString("ruling"));
    }

    @Override
    public Uni<Void> add(List<EventBatches.NewFact> facts, Instant now) {
        return write(
                facts,
                ADD_FACTS,
                List.of(
                        texts(facts, EventBatches.NewFact::orderId),
                        texts(facts, entry -> entry.fact().key()),
                        texts(facts, entry -> entry.fact().kind().name()),
                        texts(facts, entry -> entry.fact().origin().name()),
                        texts(facts, entry -> entry.fact().paymentId()),
                        texts(facts, entry -> entry.fact().refundId()),
                        facts.stream().map(entry -> entry.fact().amount()).toArray(Long[]::new),
                        texts(facts, entry -> entry.fact().currency()),
                        texts(facts, entry -> entry.fact().ruling().name()),
                        at(now)));
    }

    @Override
    public Uni<Void> update(List<EventBatches.Moved> moved) {
        return write(moved, UPDATE_ORDERS, MovedColumns.orders(moved))
                .chain(() -> write(moved, ADD_CHANGES, MovedColumns.changes(moved)));
    }

    @Override
    public Uni<Void> note(List<EventBatches.Noted> outcomes) {
        return write(
                outcomes,
                NOTE,
                List.of(
                        texts(outcomes, noted -> noted.key().source()),
                        texts(outcomes, noted -> noted.key().eventId()),
                        texts(outcomes, noted -> noted.outcome().word()),
                        texts(outcomes, EventBatches.Noted::reason)));
    }

    @Override
    public Uni<Void> rule(List<EventBatches.NewFact> facts) {
        return write(
                facts,
                RULE,
                List.of(
                        texts(facts, EventBatches.NewFact::orderId),
                        texts(facts, entry -> entry.fact().key()),
                        texts(facts, entry -> entry.fact().ruling().name())));
    }

    @Override
    public Uni<Void> asked(List<Questions.Asked> orders, Instant now) {
        return write(
                        orders,
                        LOG_QUESTIONS,
                        List.of(
                                at(now),
                                texts(orders, asked -> asked.order().id().value()),
                                texts(orders, asked -> word(asked.answer().reason())),
                                texts(orders, asked -> word(asked.answer().means())),
                                numbers(orders, asked ->
                                        (long) asked.answer().payments().size()),
                                texts(orders, asked -> asked.order().status().word()),
                                orders.stream().map(Questions.Asked::moved).toArray(Boolean[]::new)))
                .chain(() -> askedAgain(orders));
    }

    private Uni<Void> askedAgain(List<Questions.Asked> orders) {
        return write(
                orders,
                ASKED,
                List.of(
                        texts(orders, asked -> asked.order().id().value()),
                        orders.stream()
                                .map(asked -> asked.next() == null ? null : at(Objects.requireNonNull(asked.next())))
                                .toArray(OffsetDateTime[]::new),
                        orders.stream().map(Questions.Asked::settled).toArray(Boolean[]::new),
                        times(orders, asked -> asked.answer().question().takenUntil())));
    }

    private Uni<Void> write(List<?> rows, String statement, List<Object> columns) {
        return rows.isEmpty()
                ? Uni.createFrom().voidItem()
                : connection
                        .preparedQuery(statement)
                        .execute(Tuple.tuple(columns))
                        .replaceWithVoid();
    }
}
