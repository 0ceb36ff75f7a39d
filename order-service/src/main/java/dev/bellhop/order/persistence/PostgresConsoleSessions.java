package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.ConsoleSessions;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Sha256;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;

/** Each opening sweeps out what has ended. */
@Singleton
final class PostgresConsoleSessions implements ConsoleSessions {

    private static final String OPEN =
            """
            with ended as (delete from console_session where expires_at <= $3)
            insert into console_session (hash, key_id, created_at, expires_at) values ($1, $2, $3, $4)
            """;

    private static final String HOLDER =
            """
            select k.key_id, k.owner, k.scopes from console_session s join api_key k using (key_id)
            where s.hash = $1 and s.expires_at > $2 and k.revoked_at is null
            """;

    private static final String CLOSE = "delete from console_session where hash = $1";

    private final Pool pool;
    private final Clock clock;
    private final SecureRandom random;

    PostgresConsoleSessions(Pool pool, Clock clock, SecureRandom random) {
        this.pool = pool;
        this.clock = clock;
        this.random = random;
    }

    @Override
    public Uni<String> open(Caller caller, Duration life) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        String id = HexFormat.of().formatHex(bytes);
        Instant now = clock.instant();
        return pool.preparedQuery(OPEN)
                .execute(Tuple.of(hash(id), caller.keyId(), at(now), at(now.plus(life))))
                .replaceWith(id);
    }

    @Override
    public Uni<Optional<Caller>> holder(String id) {
        return pool.preparedQuery(HOLDER)
                .execute(Tuple.of(hash(id), at(clock.instant())))
                .map(rows -> {
                    for (Row row : rows) {
                        return Optional.of(PostgresApiKeys.caller(row));
                    }
                    return Optional.empty();
                });
    }

    @Override
    public Uni<Void> close(String id) {
        return pool.preparedQuery(CLOSE).execute(Tuple.of(hash(id))).replaceWithVoid();
    }

    private static Buffer hash(String id) {
        return Buffer.buffer(Sha256.of(id));
    }
}
