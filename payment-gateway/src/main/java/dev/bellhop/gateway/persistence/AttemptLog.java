package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import dev.bellhop.gateway.domain.FaultKind;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Group commit: attempts that end while a batch is being written go into the next batch, so that thousands a second cost
 * a constant number of statements per batch and one fsync.
 */
@Singleton
final class AttemptLog {

    private static final int BATCH = 1_000;

    /**
     * Late, the delivery may have ended, which stays as it is, or be in another instance's hand, whose lease stays. Where an
     * endpoint has moved away from, nobody speaks for it any more.
     */
    private static final String RECORD =
            """
            with ended as (
                select a.*, case when a.gone <> e.url then 'pending' else a.outcome end as result
                  from unnest($1::bigint[], $2::int[], $3::timestamptz[], $4::int[], $5::int[], $6::text[],
                              $7::text[], $8::text[], $9::timestamptz[], $10::text[], $12::text[], $13::text[])
                    as a (delivery_id, number, started_at, duration_ms, status, answer, error, outcome, next_at,
                          faults, endpoint_id, gone)
                  left join webhook_endpoints e on e.id = a.endpoint_id),
            moved as (
                update deliveries d
                   set attempts = greatest(d.attempts, a.number), held = false,
                       lease_until = case when d.leased_by <> $11 then d.lease_until end,
                       leased_by = case when d.leased_by <> $11 then d.leased_by end,
                       due_at = case when d.status <> 'pending' then d.due_at else coalesce(a.next_at, d.due_at) end,
                       status = case when d.status <> 'pending' then d.status else a.result end,
                       ended_at = case when d.status <> 'pending' then d.ended_at
                                       when a.result <> 'pending' then a.started_at end
                  from ended a where d.id = a.delivery_id
                returning d.id)
            insert into delivery_attempts (delivery_id, number, started_at, duration_ms, status, answer, error, faults)
            select a.delivery_id, a.number, a.started_at, a.duration_ms, a.status, a.answer, a.error,
                   string_to_array(a.faults, ',')
              from ended a join moved on moved.id = a.delivery_id
            """;

    /**
     * A statement of its own: one that locks and changes still sees what was before it waited. Of three that did so, while
     * payments shared the lock, two waited for each other.
     */
    private static final String LOCK_ENDPOINTS =
            "select from webhook_endpoints where id = any ($1) order by id for no key update";

    /** A pause is by the clock as it is, where it was set back since the attempt began. */
    private static final String JUDGE_ENDPOINTS =
            """
            with news as (
                select * from unnest($1::text[], $2::boolean[], $3::int[], $4::timestamptz[], $5::timestamptz[],
                                     $6::text[])
                           as n (id, succeeded, failures, since, at, gone)),
            sums as (
                select e.id, n.gone = e.url as gone, n.at, n.failures as fresh,
                       case when n.succeeded then n.failures else e.failures + n.failures end as failures,
                       case when n.failures = 0 then null
                            when n.succeeded or e.failing_since is null then n.since
                            else e.failing_since end as failing_since,
                       case when n.succeeded then 0 else e.pauses end as pauses,
                       case when n.succeeded then null else e.paused_until end as paused_until
                  from news n join webhook_endpoints e on e.id = n.id),
            judged as (
                select s.*, s.failures >= $7 and s.fresh > 0 and (s.paused_until is null or s.paused_until <= s.at)
                            as pause
                  from sums s)
            update webhook_endpoints e
               set failures = j.failures, failing_since = j.failing_since,
                   pauses = j.pauses + case when j.pause then 1 else 0 end,
                   paused_until = case when j.pause
                                       then least(j.at, $11) + make_interval(secs => least($9, $8 * power(2, least(j.pauses, 20))))
                                       else j.paused_until end,
                   disabled_reason = case when e.disabled_reason is not null then e.disabled_reason
                                          when j.gone then 'gone'
                                          when j.failing_since <= j.at - make_interval(secs => $10) then 'failing'
                                          end
              from judged j where e.id = j.id
            """;

    private final Pool pool;
    private final DatabaseSession session;
    private final DeliveryConfig config;
    private final Clock clock;
    private final Queue<Entry> waiting = new ArrayDeque<>();
    private boolean writing;

    AttemptLog(Pool pool, DatabaseSession session, DeliveryConfig config, Clock clock) {
        this.clock = clock;
        this.pool = pool;
        this.session = session;
        this.config = config;
    }

    /** Done when the attempt is durable. */
    Uni<Void> append(Attempt attempt) {
        return Uni.createFrom().emitter(emitter -> {
            synchronized (this) {
                waiting.add(new Entry(attempt, emitter));
            }
            writeNext();
        });
    }

    private void writeNext() {
        List<Entry> batch = nextBatch();
        if (batch.isEmpty()) {
            return;
        }
        List<Attempt> attempts = batch.stream().map(Entry::attempt).toList();
        // Subscribed here because a batch belongs to all of its callers and to none of them.
        var unused = pool.withTransaction(connection -> write(connection, attempts))
                .subscribe()
                .with(
                        done -> finish(batch, entry -> entry.emitter().complete(null)),
                        failure -> finish(batch, entry -> entry.emitter().fail(failure)));
    }

    private synchronized List<Entry> nextBatch() {
        if (writing || waiting.isEmpty()) {
            return List.of();
        }
        writing = true;
        List<Entry> batch = new ArrayList<>();
        while (batch.size() < BATCH && !waiting.isEmpty()) {
            batch.add(waiting.remove());
        }
        return batch;
    }

    private void finish(List<Entry> batch, Consumer<Entry> tell) {
        synchronized (this) {
            writing = false;
        }
        writeNext();
        batch.forEach(tell);
    }

    private Uni<Void> write(SqlConnection connection, List<Attempt> attempts) {
        Tuple rows = Tuple.from(Arrays.asList(
                column(attempts, Attempt::deliveryId, Long[]::new),
                column(attempts, Attempt::number, Integer[]::new),
                column(attempts, attempt -> Times.of(attempt.startedAt()), OffsetDateTime[]::new),
                column(attempts, attempt -> (int) attempt.duration().toMillis(), Integer[]::new),
                column(attempts, Attempt::status, Integer[]::new),
                column(attempts, Attempt::answer, String[]::new),
                column(attempts, Attempt::error, String[]::new),
                column(attempts, attempt -> statusAfter(attempt.outcome()), String[]::new),
                column(attempts, attempt -> Times.nullable(attempt.nextAt()), OffsetDateTime[]::new),
                column(attempts, AttemptLog::faults, String[]::new),
                session.instance(),
                column(attempts, Attempt::endpointId, String[]::new),
                column(
                        attempts,
                        attempt -> attempt.outcome() == Outcome.GONE ? text(attempt.url()) : null,
                        String[]::new)));
        List<EndpointNews> news = EndpointNews.of(attempts);
        return connection
                .preparedQuery(RECORD)
                .execute(rows)
                .chain(() -> connection.preparedQuery(LOCK_ENDPOINTS).execute(Tuple.of(ids(news))))
                .chain(() -> connection.preparedQuery(JUDGE_ENDPOINTS).execute(judgement(news)))
                .replaceWithVoid();
    }

    private static @Nullable String text(@Nullable URI url) {
        return url == null ? null : url.toString();
    }

    private static @Nullable String faults(Attempt attempt) {
        return attempt.faults().isEmpty()
                ? null
                : attempt.faults().stream().map(FaultKind::word).collect(Collectors.joining(","));
    }

    private Tuple judgement(List<EndpointNews> news) {
        return Tuple.from(Arrays.asList(
                ids(news),
                column(news, EndpointNews::succeeded, Boolean[]::new),
                column(news, EndpointNews::failures, Integer[]::new),
                column(news, one -> Times.nullable(one.failingSince()), OffsetDateTime[]::new),
                column(news, one -> Times.of(one.at()), OffsetDateTime[]::new),
                column(news, one -> text(one.gone()), String[]::new),
                config.breakerThreshold(),
                seconds(config.breakerPause()),
                seconds(config.breakerPauseMax()),
                seconds(config.disableAfter()),
                Times.of(clock.instant())));
    }

    private static String[] ids(List<EndpointNews> news) {
        return column(news, EndpointNews::endpointId, String[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1000.0;
    }

    private static String statusAfter(Outcome outcome) {
        return switch (outcome) {
            case DELIVERED -> "delivered";
            case RETRY -> "pending";
            case EXHAUSTED, GONE -> "failed";
        };
    }

    private static <T, C> C[] column(List<T> rows, Function<T, C> value, IntFunction<C[]> array) {
        return rows.stream().map(value).toArray(array);
    }

    private record Entry(Attempt attempt, UniEmitter<? super Void> emitter) {}
}
