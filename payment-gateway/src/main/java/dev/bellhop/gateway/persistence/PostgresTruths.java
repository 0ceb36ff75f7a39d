package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Truths;
import dev.bellhop.gateway.domain.PaymentStatus;
import dev.bellhop.gateway.domain.Truth;
import dev.bellhop.gateway.domain.Truth.EventTruth;
import dev.bellhop.gateway.domain.Truth.PaymentTruth;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

@Singleton
final class PostgresTruths implements Truths {

    private static final int STREAM_PAGE = 500;

    private static final String ORDERS =
            """
            select distinct order_id collate "C" as order_id from payments
             where order_id collate "C" > $2 and starts_with(order_id, $1)
             order by order_id limit $3
            """;

    private static final String PAYMENTS =
            """
            select order_id, id, status, amount, currency, captured, refunded
              from payments where order_id = any ($1) order by created_at, id
            """;

    private static final String EVENTS =
            """
            select e.order_id, e.id, e.type, coalesce(d.sent, 0) as sent, coalesce(d.acknowledged, 0) as acknowledged,
                   coalesce(d.pending, 0) as pending,
                   coalesce((select jsonb_object_agg(fault, times)
                               from (select fault, count(*) as times
                                       from (select unnest(a.faults) as fault
                                               from deliveries x join delivery_attempts a on a.delivery_id = x.id
                                              where x.event_id = e.id
                                              union all
                                             select case when x.status = 'dropped' then 'drop' else 'duplicate' end
                                               from deliveries x
                                              where x.event_id = e.id and (x.status = 'dropped' or x.copy > 1)) f
                                      group by fault) g), '{}') as faults
              from events e
              left join lateral (
                   select sum(attempts.sent)::bigint as sent, sum(attempts.acknowledged)::bigint as acknowledged,
                          count(*) filter (where x.status = 'pending') as pending
                     from deliveries x
                    cross join lateral (
                          select count(*) as sent,
                                 count(*) filter (where a.status between 200 and 299) as acknowledged
                            from delivery_attempts a where a.delivery_id = x.id) attempts
                    where x.event_id = e.id) d on true
             where e.order_id = any ($1)
             order by e.position
            """;

    private static final String QUERIES = "select order_id, asked from status_queries where order_id = any ($1)";

    private static final String COUNTS =
            """
            select (select count(*) from payments where starts_with(order_id, $1)) as payments,
                   count(distinct e.id) as events,
                   count(*) filter (where d.status = 'pending') as pending,
                   count(*) filter (where d.status = 'delivered') as delivered,
                   count(*) filter (where d.status = 'failed') as failed,
                   count(*) filter (where d.status = 'dropped') as dropped,
                   coalesce(sum(a.sent), 0)::bigint as attempts,
                   coalesce(sum(a.acknowledged), 0)::bigint as acknowledged
              from events e
              left join deliveries d on d.event_id = e.id
              left join lateral (select count(*) as sent,
                                        count(*) filter (where status between 200 and 299) as acknowledged
                                   from delivery_attempts where delivery_id = d.id) a on true
             where starts_with(e.order_id, $1)
            """;

    private final Pool pool;

    PostgresTruths(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<List<Truth>> page(String prefix, String after, int limit) {
        return pool.preparedQuery(ORDERS)
                .execute(Tuple.of(prefix, after, limit))
                .chain(this::truths);
    }

    private Uni<List<Truth>> truths(RowSet<Row> orders) {
        List<String> ids = new ArrayList<>();
        for (Row row : orders) {
            ids.add(row.getString("order_id"));
        }
        if (ids.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        Tuple those = Tuple.of(ids.toArray(String[]::new));
        return Uni.combine()
                .all()
                .unis(
                        pool.preparedQuery(PAYMENTS).execute(those).map(PostgresTruths::payments),
                        pool.preparedQuery(EVENTS).execute(those).map(PostgresTruths::events),
                        pool.preparedQuery(QUERIES).execute(those).map(PostgresTruths::queries))
                .with((payments, events, queries) -> ids.stream()
                        .map(id -> new Truth(
                                id,
                                payments.getOrDefault(id, List.of()),
                                events.getOrDefault(id, List.of()),
                                queries.getOrDefault(id, 0L)))
                        .toList());
    }

    private static Map<String, List<PaymentTruth>> payments(RowSet<Row> rows) {
        Map<String, List<PaymentTruth>> byOrder = new HashMap<>();
        for (Row row : rows) {
            byOrder.computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>())
                    .add(new PaymentTruth(
                            row.getString("id"),
                            PaymentStatus.valueOf(row.getString("status")),
                            row.getLong("amount"),
                            row.getString("currency"),
                            row.getLong("captured"),
                            row.getLong("refunded")));
        }
        return byOrder;
    }

    private static Map<String, List<EventTruth>> events(RowSet<Row> rows) {
        Map<String, List<EventTruth>> byOrder = new HashMap<>();
        for (Row row : rows) {
            Map<String, Long> faults = new TreeMap<>();
            ((JsonObject) row.getJson("faults"))
                    .forEach(entry -> faults.put(entry.getKey(), ((Number) entry.getValue()).longValue()));
            byOrder.computeIfAbsent(row.getString("order_id"), order -> new ArrayList<>())
                    .add(new EventTruth(
                            row.getString("id"),
                            row.getString("type"),
                            row.getLong("sent"),
                            row.getLong("acknowledged"),
                            row.getLong("pending"),
                            faults));
        }
        return byOrder;
    }

    private static Map<String, Long> queries(RowSet<Row> rows) {
        Map<String, Long> byOrder = new HashMap<>();
        for (Row row : rows) {
            byOrder.put(row.getString("order_id"), row.getLong("asked"));
        }
        return byOrder;
    }

    @Override
    public Multi<Truth> stream(String prefix) {
        return Multi.createBy()
                .repeating()
                .uni(LastOrder::new, last -> page(prefix, last.id, STREAM_PAGE).invoke(last::move))
                .whilst(page -> page.size() == STREAM_PAGE)
                .onItem()
                .transformToIterable(page -> page);
    }

    @Override
    public Uni<Counts> counts(String prefix) {
        return pool.preparedQuery(COUNTS).execute(Tuple.of(prefix)).map(rows -> {
            Row row = rows.iterator().next();
            return new Counts(
                    row.getLong("payments"),
                    row.getLong("events"),
                    row.getLong("pending"),
                    row.getLong("delivered"),
                    row.getLong("failed"),
                    row.getLong("dropped"),
                    row.getLong("attempts"),
                    row.getLong("acknowledged"));
        });
    }

    /** How far the stream has come. */
    private static final class LastOrder {

        private String id = "";

        void move(List<Truth> page) {
            if (!page.isEmpty()) {
                id = page.get(page.size() - 1).orderId();
            }
        }
    }
}
