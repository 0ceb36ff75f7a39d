package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.Deliveries;
import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.telemetry.GatewayMetrics;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlResult;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

@Singleton
final class PostgresDeliveries implements Deliveries {

    private static final String RECEIVERS =
            EndpointRow.SELECT + "where e.disabled_reason is null and (e.paused_until is null or e.paused_until <= $1)";

    private static final String CLAIM =
            """
            with picked as (
                select due.id
                  from unnest($1::text[], $2::int[]) as receiver (id, places)
                 cross join lateral (
                       select d.id from deliveries d
                        where d.endpoint_id = receiver.id and d.status = 'pending' and d.due_at <= $3
                          and (d.lease_until is null or d.lease_until < clock_timestamp())
                          and (not d.in_order or not exists (
                               select from deliveries before
                                where before.endpoint_id = d.endpoint_id and before.payment_id = d.payment_id
                                  and before.id < d.id and before.status = 'pending' and before.in_order))
                        order by d.due_at, d.id
                        limit receiver.places
                          for update skip locked) due),
            leased as (
                update deliveries d set lease_until = clock_timestamp() + make_interval(secs => $4),
                                        leased_by = $5
                  from picked where d.id = picked.id
                returning d.id, d.event_id, d.endpoint_id, d.attempts, d.due_at, d.faults)
            select l.id, l.event_id, l.endpoint_id, l.attempts, e.type, e.body, e.traceparent, l.faults
              from leased l join events e on e.id = l.event_id
             order by l.due_at, l.id
            """;

    /** Who can take the lock that an instance holds as long as it lives knows that it does not. */
    private static final String RECLAIM =
            """
            with others as (
                select distinct leased_by from deliveries
                 where status = 'pending' and leased_by is not null and leased_by <> $1),
            dead as materialized (
                select leased_by from others where pg_try_advisory_xact_lock(%d, leased_by::int))
            update deliveries d set lease_until = null, leased_by = null
              from dead where d.leased_by = dead.leased_by and d.status = 'pending'
            """
                    .formatted(DatabaseSession.LOCK_CLASS);

    private final Pool pool;
    private final DatabaseSession session;
    private final AttemptLog attempts;
    private final GatewayMetrics metrics;
    private final double leaseSeconds;

    PostgresDeliveries(
            Pool pool, AttemptLog attempts, DatabaseSession session, GatewayMetrics metrics, DeliveryConfig config) {
        this.session = session;
        this.pool = pool;
        this.attempts = attempts;
        this.metrics = metrics;
        this.leaseSeconds = config.lease().toMillis() / 1000.0;
    }

    /** A lease that ends before its attempt lets two instances send at once. */
    void check(@Observes StartupEvent started, DeliveryConfig config) {
        if (config.lease().compareTo(config.timeout()) <= 0) {
            throw new IllegalStateException("gateway.delivery.lease (" + config.lease()
                    + ") must be longer than gateway.delivery.timeout (" + config.timeout()
                    + "): else another instance sends what is still being sent");
        }
    }

    @Override
    public Uni<List<Endpoint>> receivers(Instant now) {
        return pool.preparedQuery(RECEIVERS).execute(Tuple.of(Times.of(now))).map(EndpointRow::toEndpoints);
    }

    @Override
    public Uni<List<Delivery>> claim(Instant now, List<Endpoint> receivers, Map<String, Integer> room) {
        Map<String, Endpoint> byId = receivers.stream().collect(Collectors.toMap(Endpoint::id, Function.identity()));
        List<String> ids = List.copyOf(room.keySet());
        Tuple values = Tuple.from(Arrays.asList(
                ids.toArray(String[]::new),
                ids.stream().map(room::get).toArray(Integer[]::new),
                Times.of(now),
                leaseSeconds,
                session.leaseholder()));
        return pool.preparedQuery(CLAIM).execute(values).map(rows -> {
            List<Delivery> claimed = new ArrayList<>(rows.size());
            for (Row row : rows) {
                claimed.add(toDelivery(row, byId));
            }
            return claimed;
        });
    }

    private static Delivery toDelivery(Row row, Map<String, Endpoint> byId) {
        return new Delivery(
                row.getLong("id"),
                row.getString("event_id"),
                EventType.of(row.getString("type")),
                Objects.requireNonNull(byId.get(row.getString("endpoint_id"))),
                row.getInteger("attempts") + 1,
                row.getBuffer("body").getBytes(),
                row.getString("traceparent"),
                FaultJson.decode(row.getString("faults")));
    }

    @Override
    public Uni<Integer> reclaim() {
        return pool.preparedQuery(RECLAIM).execute(Tuple.of(session.instance())).map(SqlResult::rowCount);
    }

    @Override
    public Uni<Void> record(Attempt attempt) {
        return attempts.append(attempt).invoke(() -> metrics.attempted(attempt));
    }
}
