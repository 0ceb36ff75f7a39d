package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.FollowSimulator;
import dev.bellhop.gateway.app.SimulatorClock.Setting;
import dev.bellhop.gateway.app.SimulatorState;
import dev.bellhop.gateway.domain.FaultPlan;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

@Singleton
final class PostgresSimulatorState implements SimulatorState {

    private static final String LOAD = "select offset_ms, frozen_at, plan, planned_at from simulator";

    private static final String SAVE_CLOCK =
            """
            with saved as (update simulator set offset_ms = $1, frozen_at = $2)
            select pg_notify('%s', 'simulator ' || $3::text)
            """
                    .formatted(DatabaseSession.CHANNEL);

    private static final String SAVE_PLAN =
            """
            with saved as (update simulator set plan = $1, planned_at = $2)
            select pg_notify('%s', 'simulator ' || $3::text)
            """
                    .formatted(DatabaseSession.CHANNEL);

    /** Numbers go on: what comes of an attempt that is under way must not be taken for one of a later delivery. */
    private static final String RESET =
            "truncate payments, events, deliveries, delivery_attempts, idempotency_keys, status_queries";

    private static final String END_PAUSES =
            "update webhook_endpoints set paused_until = null where paused_until is not null";

    private static final String FORGET_FAILURES =
            """
            update webhook_endpoints set failures = 0, failing_since = null, pauses = 0, paused_until = null
             where failures > 0 or failing_since is not null or pauses > 0 or paused_until is not null
            """;

    private static final Logger LOG = Logger.getLogger(PostgresSimulatorState.class);
    /** Quarkus' scheduler begins at this priority of start-up. */
    private static final int TIMERS = Interceptor.Priority.PLATFORM_BEFORE;

    private final Pool pool;
    private final DatabaseSession session;

    PostgresSimulatorState(Pool pool, DatabaseSession session) {
        this.session = session;
        this.pool = pool;
    }

    /** So that this instance does not follow itself. */
    private String origin() {
        return String.valueOf(session.instance());
    }

    /** Start-up is the one place that may wait: no timer and no call may go by another clock, or without the plan. */
    void start(@Observes @Priority(TIMERS - 1) StartupEvent started, FollowSimulator followSimulator) {
        Shared shared = shared(pool.query(LOAD).executeAndAwait());
        try {
            followSimulator.takeOver(shared);
        } catch (FaultPlan.Invalid e) {
            LOG.warnf("plan of a later version not followed reason=%s", e.getMessage());
        }
    }

    @Override
    public Uni<Shared> load() {
        return pool.query(LOAD).execute().map(PostgresSimulatorState::shared);
    }

    private static Shared shared(RowSet<Row> rows) {
        Row row = rows.iterator().next();
        Setting clock = new Setting(Duration.ofMillis(row.getLong("offset_ms")), Times.nullableIn(row, "frozen_at"));
        String plan = row.getString("plan");
        return new Shared(
                clock, plan == null ? null : new JsonObject(plan).getMap(), Times.nullableIn(row, "planned_at"));
    }

    @Override
    public Uni<Void> reset() {
        return pool.withTransaction(
                        connection -> connection.query(RESET).execute().chain(() -> connection
                                .query(FORGET_FAILURES)
                                .execute()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> endPauses() {
        return pool.query(END_PAUSES).execute().replaceWithVoid();
    }

    @Override
    public Uni<Void> saveClock(Setting setting) {
        Tuple values =
                Tuple.from(Arrays.asList(setting.offset().toMillis(), Times.nullable(setting.frozenAt()), origin()));
        return pool.preparedQuery(SAVE_CLOCK).execute(values).replaceWithVoid();
    }

    @Override
    public Uni<Void> savePlan(@Nullable Map<String, Object> plan, Instant now) {
        Tuple values =
                Tuple.from(Arrays.asList(plan == null ? null : new JsonObject(plan).encode(), Times.of(now), origin()));
        return pool.preparedQuery(SAVE_PLAN).execute(values).replaceWithVoid();
    }
}
