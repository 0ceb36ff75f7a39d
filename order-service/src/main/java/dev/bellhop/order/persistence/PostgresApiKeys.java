package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.at;

import dev.bellhop.order.app.ApiKeys;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Scope;
import dev.bellhop.order.domain.Sha256;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keys of the database, to which those of the keys file are added at start. */
@Singleton
final class PostgresApiKeys implements ApiKeys {

    private static final String UPSERT =
            """
            insert into api_key (key_id, hash, owner, scopes, created_at) values ($1, $2, $3, $4, $5)
            on conflict (hash) do update set owner = excluded.owner, scopes = excluded.scopes
            """;

    private static final String INSERT =
            "insert into api_key (key_id, hash, owner, scopes, created_at) values ($1, $2, $3, $4, $5)";

    private static final String FIND =
            "select key_id, owner, scopes from api_key where hash = $1 and revoked_at is null";

    private static final String ALL =
            "select key_id, owner, scopes, created_at, revoked_at from api_key order by created_at desc, key_id";

    private static final String ONE =
            "select key_id, owner, scopes, created_at, revoked_at from api_key where key_id = $1";

    private static final String REVOKE =
            """
            update api_key set revoked_at = coalesce(revoked_at, $2) where key_id = $1
            returning key_id, owner, scopes, created_at, revoked_at
            """;

    /** More keys than a shop has; beyond it the cache starts anew instead of growing. */
    private static final int MOST_CACHED = 10_000;

    private final Pool pool;
    private final KeysConfig config;
    private final Clock clock;
    private final SecureRandom random;
    private final Map<String, Cached> cache = new ConcurrentHashMap<>();

    PostgresApiKeys(Pool pool, KeysConfig config, Clock clock, SecureRandom random) {
        this.pool = pool;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    private record Cached(Caller caller, Instant until) {}

    void load(@Observes StartupEvent started) {
        List<Tuple> rows = config.keysFile().map(KeysFile::read).orElse(List.of()).stream()
                .map(entry -> row(entry.key(), entry.owner(), entry.scopes()))
                .toList();
        if (!rows.isEmpty()) {
            // Start-up is the one place that may wait: without its keys the service must not serve.
            pool.preparedQuery(UPSERT).executeBatchAndAwait(rows);
        }
    }

    @Override
    public Uni<Caller> holder(String key) {
        byte[] hash = Sha256.of(key);
        String name = HexFormat.of().formatHex(hash);
        Cached cached = cache.get(name);
        Instant now = clock.instant();
        if (cached != null && now.isBefore(cached.until())) {
            return Uni.createFrom().item(cached.caller());
        }
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(hash)))
                .map(PostgresApiKeys::holder)
                .invoke(caller -> remember(name, new Cached(caller, now.plus(config.keyCache()))));
    }

    private void remember(String name, Cached cached) {
        if (cache.size() >= MOST_CACHED) {
            cache.clear();
        }
        cache.put(name, cached);
    }

    private static Caller holder(RowSet<Row> rows) {
        for (Row row : rows) {
            return caller(row);
        }
        throw new Unauthenticated();
    }

    static Caller caller(Row row) {
        return new Caller(row.getString("key_id"), row.getString("owner"), scopes(row));
    }

    @Override
    public Uni<List<ApiKey>> all() {
        return pool.query(ALL).execute().map(rows -> {
            List<ApiKey> keys = new ArrayList<>();
            rows.forEach(row -> keys.add(apiKey(row)));
            return keys;
        });
    }

    @Override
    public Uni<NewKey> create(String owner, Set<Scope> scopes) {
        byte[] bytes = new byte[24];
        random.nextBytes(bytes);
        String key = "bh_" + HexFormat.of().formatHex(bytes);
        Tuple row = row(key, owner, scopes);
        ApiKey about = new ApiKey(
                row.getString(0), owner, scopes, row.getOffsetDateTime(4).toInstant(), null);
        return pool.preparedQuery(INSERT).execute(row).replaceWith(new NewKey(about, key));
    }

    @Override
    public Uni<ApiKey> revoke(String keyId) {
        return pool.preparedQuery(REVOKE)
                .execute(Tuple.of(keyId, at(clock.instant())))
                .map(PostgresApiKeys::only)
                .invoke(revoked -> cache.values()
                        .removeIf(cached -> cached.caller().keyId().equals(keyId)));
    }

    @Override
    public Uni<NewKey> rotate(String keyId) {
        return pool.preparedQuery(ONE)
                .execute(Tuple.of(keyId))
                .map(PostgresApiKeys::only)
                .chain(old -> {
                    if (old.revokedAt() != null) {
                        throw new KeyRevoked();
                    }
                    return create(old.owner(), old.scopes());
                });
    }

    private static ApiKey only(RowSet<Row> rows) {
        for (Row row : rows) {
            return apiKey(row);
        }
        throw new NoSuchKey();
    }

    private static ApiKey apiKey(Row row) {
        return new ApiKey(
                row.getString("key_id"),
                row.getString("owner"),
                scopes(row),
                row.getOffsetDateTime("created_at").toInstant(),
                instant(row.getOffsetDateTime("revoked_at")));
    }

    private static Set<Scope> scopes(Row row) {
        return Arrays.stream(row.getArrayOfStrings("scopes")).map(Scope::of).collect(Collectors.toSet());
    }

    private Tuple row(String key, String owner, Set<Scope> scopes) {
        byte[] hash = Sha256.of(key);
        return Tuple.of(
                "key_" + HexFormat.of().formatHex(hash, 0, 8),
                Buffer.buffer(hash),
                owner,
                scopes.stream().map(Scope::word).sorted().toArray(String[]::new),
                at(clock.instant()));
    }

    private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
