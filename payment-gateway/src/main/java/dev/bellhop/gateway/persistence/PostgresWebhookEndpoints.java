package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.TooManySecrets;
import dev.bellhop.gateway.app.WebhookEndpoints;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.SigningSecrets;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

@Singleton
final class PostgresWebhookEndpoints implements WebhookEndpoints {

    private static final String INSERT =
            """
            with endpoint as (
                insert into webhook_endpoints (id, owner, url, style, event_types, rate_per_second, created_at)
                values ($1, $2, $3, $4, $5, $6, $7))
            insert into signing_secrets (endpoint_id, secret, created_at) values ($1, $8, $7)
            """;

    private static final String FIND = EndpointRow.SELECT + "where e.id = $1 and ($2::text is null or e.owner = $2)";

    private static final String LIST =
            EndpointRow.SELECT + "where $1::text is null or e.owner = $1 order by e.created_at, e.id";

    private static final String UPDATE =
            """
            update webhook_endpoints
               set url = coalesce($2, url), event_types = coalesce($3, event_types),
                   rate_per_second = nullif(coalesce($4, rate_per_second), 0),
                   disabled_reason = case when $5 then null
                                          when not $5 then coalesce(disabled_reason, 'by request')
                                          else disabled_reason end,
                   failures = 0, failing_since = null, pauses = 0, paused_until = null
             where id = $1
            """;

    // Each within its time, however many there are.
    private static final String DELETE_DELIVERIES =
            """
            with batch as (
                select id from deliveries where endpoint_id = $1 and id > $2 order by id limit 1000),
            deleted as (
                delete from deliveries where id in (select id from batch))
            select max(id) as last from batch
            """;

    // Deliveries first: the attempt log locks in this order too.
    private static final String DELETE_REST = "delete from deliveries where endpoint_id = $1 and id > $2";

    private static final String DELETE = "delete from webhook_endpoints where id = $1";

    // One rotation after the other: each sees the secrets of those before it.
    private static final String LOCK = "select id from webhook_endpoints where id = $1 for update";

    private static final String OTHERS =
            """
            select count(*)::int as others from signing_secrets
             where endpoint_id = $1 and secret <> $2 and least(expires_at, $4) > $3
            """;

    private static final String ROTATE =
            """
            with others as (
                update signing_secrets set expires_at = least(expires_at, $4) where endpoint_id = $1 and secret <> $2)
            insert into signing_secrets (endpoint_id, secret, created_at) values ($1, $2, $3)
            on conflict (endpoint_id, secret) do update set created_at = excluded.created_at, expires_at = null
            """;

    private final Pool pool;

    PostgresWebhookEndpoints(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Uni<Void> insert(Endpoint endpoint) {
        return pool.preparedQuery(INSERT)
                .execute(Tuple.from(Arrays.asList(
                        endpoint.id(),
                        endpoint.owner(),
                        endpoint.url().toString(),
                        endpoint.style().name(),
                        words(endpoint.eventTypes()),
                        endpoint.ratePerSecond(),
                        Times.of(endpoint.createdAt()),
                        endpoint.secrets().get(0).text())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Endpoint> find(Caller caller, String endpointId) {
        Tuple values = Tuple.from(Arrays.asList(endpointId, ownerSeenBy(caller)));
        return pool.preparedQuery(FIND).execute(values).map(rows -> {
            for (Row row : rows) {
                return EndpointRow.toEndpoint(row);
            }
            throw new NotFound("endpoint", endpointId);
        });
    }

    @Override
    public Uni<List<Endpoint>> list(Caller caller) {
        return pool.preparedQuery(LIST)
                .execute(Tuple.from(Arrays.asList(ownerSeenBy(caller))))
                .map(EndpointRow::toEndpoints);
    }

    @Override
    public Uni<Void> update(String endpointId, Change change) {
        return pool.preparedQuery(UPDATE)
                .execute(Tuple.from(Arrays.asList(
                        endpointId,
                        change.url() == null ? null : change.url().toString(),
                        change.eventTypes() == null ? null : words(change.eventTypes()),
                        change.ratePerSecond(),
                        change.enabled())))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> delete(String endpointId) {
        AtomicLong last = new AtomicLong();
        return update(endpointId, new Change(null, null, null, false))
                .chain(() -> Multi.createBy()
                        .repeating()
                        .uni(() -> deleteBatch(endpointId, last))
                        .whilst(more -> more)
                        .collect()
                        .last())
                .chain(() -> pool.withTransaction(connection -> connection
                        .preparedQuery(DELETE_REST)
                        .execute(Tuple.of(endpointId, last.get()))
                        .chain(() -> connection.preparedQuery(DELETE).execute(Tuple.of(endpointId)))))
                .replaceWithVoid();
    }

    /** Whether there were any behind the last that is deleted. */
    private Uni<Boolean> deleteBatch(String endpointId, AtomicLong last) {
        return pool.preparedQuery(DELETE_DELIVERIES)
                .execute(Tuple.of(endpointId, last.get()))
                .map(rows -> {
                    Long deleted = rows.iterator().next().getLong("last");
                    last.set(deleted == null ? last.get() : deleted);
                    return deleted != null;
                });
    }

    @Override
    public Uni<Void> rotate(String endpointId, String secret, Instant now, Instant overlapEnd) {
        Tuple values = Tuple.of(endpointId, secret, Times.of(now), Times.of(overlapEnd));
        return pool.withTransaction(connection -> connection
                        .preparedQuery(LOCK)
                        .execute(Tuple.of(endpointId))
                        .chain(() -> connection.preparedQuery(OTHERS).execute(values))
                        .invoke(PostgresWebhookEndpoints::haveRoom)
                        .chain(() -> connection.preparedQuery(ROTATE).execute(values)))
                .replaceWithVoid();
    }

    private static void haveRoom(RowSet<Row> others) {
        if (others.iterator().next().getInteger("others") >= SigningSecrets.MOST_LIVE) {
            throw new TooManySecrets();
        }
    }

    private static String[] words(Set<EventType> types) {
        return types.stream().map(EventType::word).sorted().toArray(String[]::new);
    }

    private static @org.jspecify.annotations.Nullable String ownerSeenBy(Caller caller) {
        return caller.may(Scope.OPERATOR) ? null : caller.owner();
    }
}
