package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.IdempotencyKeys;
import dev.bellhop.order.app.StoredAnswer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

@Singleton
final class PostgresIdempotencyKeys implements IdempotencyKeys {

    /** Held until the transaction ends, so that an equal call meanwhile knows of it without waiting. */
    private static final String LOCK = "select pg_try_advisory_xact_lock(hashtextextended($1, 0))";

    private static final String FIND =
            """
            select fingerprint, status, location, etag, body, decided, taken_until > $4 from idempotency_key
            where owner = $1 and operation = $2 and key = $3
            """;

    private static final String KEEP =
            """
            insert into idempotency_key (owner, operation, key, fingerprint, status, location, etag, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8)
            on conflict (owner, operation, key) do update
                set status = excluded.status, location = excluded.location, etag = excluded.etag, body = excluded.body
                where idempotency_key.fingerprint = excluded.fingerprint
            """;

    private static final String TAKE =
            """
            insert into idempotency_key (owner, operation, key, fingerprint, decided, taken_until)
            values ($1, $2, $3, $4, $5, $6)
            on conflict (owner, operation, key) do update set taken_until = excluded.taken_until
            """;

    private static final String RELEASE =
            """
            update idempotency_key set taken_until = $4
            where owner = $1 and operation = $2 and key = $3 and status is null
            """;

    private static final String FREE =
            "delete from idempotency_key where owner = $1 and operation = $2 and key = $3 and status is null";

    private static final String PRUNE =
            """
            delete from idempotency_key where (owner, operation, key) in (
                select owner, operation, key from idempotency_key where created_at < $1 order by created_at limit $2)
            """;

    private final Clock clock;

    PostgresIdempotencyKeys(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Uni<Claim> claim(IdempotentCall call) {
        String lock = call.owner() + " " + call.operation() + " " + call.value();
        Uni<List<Object[]>> locked = Statements.read(LOCK, lock);
        // Sees what was committed until the lock was taken; and means nothing if it was not.
        Uni<List<Object[]>> known =
                Statements.read(FIND, call.owner(), call.operation(), call.value(), at(clock.instant()));
        return Uni.combine()
                .all()
                .unis(locked, known)
                .with((mine, rows) -> Boolean.TRUE.equals(mine.get(0)[0]) ? claim(call, rows) : new Claim.InFlight());
    }

    private static Claim claim(IdempotentCall call, List<Object[]> rows) {
        if (rows.isEmpty()) {
            return new Claim.Granted();
        }
        Object[] row = rows.get(0);
        if (!call.fingerprint().equals(row[0])) {
            return new Claim.Reused();
        }
        if (row[1] == null) {
            return Boolean.TRUE.equals(row[6]) ? new Claim.InFlight() : new Claim.Unanswered((String) row[5]);
        }
        return new Claim.Answered(
                new StoredAnswer((Integer) row[1], (String) row[2], (String) row[3], (String) row[4]));
    }

    @Override
    public Uni<Void> take(IdempotentCall call, String decided, Instant until) {
        return Statements.write(
                        TAKE, call.owner(), call.operation(), call.value(), call.fingerprint(), decided, at(until))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> release(IdempotentCall call) {
        return Statements.write(RELEASE, call.owner(), call.operation(), call.value(), at(clock.instant()))
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> free(IdempotentCall call) {
        return Statements.write(FREE, call.owner(), call.operation(), call.value())
                .replaceWithVoid();
    }

    @Override
    public Uni<Void> keep(IdempotentCall call, StoredAnswer answer) {
        return Statements.write(
                        KEEP,
                        call.owner(),
                        call.operation(),
                        call.value(),
                        call.fingerprint(),
                        answer.status(),
                        answer.location(),
                        answer.etag(),
                        answer.body())
                .replaceWithVoid();
    }

    @Override
    public Uni<Integer> prune(Duration age, int most) {
        return Statements.write(PRUNE, at(clock.instant().minus(age)), most);
    }
}
