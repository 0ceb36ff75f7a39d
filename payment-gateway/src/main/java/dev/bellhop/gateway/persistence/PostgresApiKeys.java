package dev.bellhop.gateway.persistence;

import dev.bellhop.gateway.app.ApiKeys;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Scope;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keys of the database, which at start become those of the keys file, if there is one. */
@Singleton
final class PostgresApiKeys implements ApiKeys {

    private static final String UPSERT =
            """
            insert into api_keys (hash, owner, scopes) values ($1, $2, $3)
            on conflict (hash) do update set owner = excluded.owner, scopes = excluded.scopes
            """;

    private static final String DELETE_OTHERS = "delete from api_keys where hash <> all ($1)";

    private static final String FIND = "select owner, scopes from api_keys where hash = $1";

    /** How long a key goes on here after another instance has deleted it. Real time: a frozen simulator must not keep it. */
    private static final long KNOWN_NANOS = Duration.ofSeconds(10).toNanos();

    /** More keys than anybody has; beyond it the cache starts anew instead of growing. */
    private static final int MOST_KNOWN = 10_000;

    private final Pool pool;
    private final KeysConfig config;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    PostgresApiKeys(Pool pool, KeysConfig config) {
        this.pool = pool;
        this.config = config;
    }

    private record Known(Caller caller, long since) {}

    void load(@Observes StartupEvent started) {
        config.keysFile().map(KeysFile::read).ifPresent(this::replace);
    }

    /** Start-up is the one place that may wait: with other keys than those of its file the gateway must not serve. */
    private void replace(List<KeysFile.Entry> entries) {
        List<Tuple> rows = entries.stream()
                .map(entry -> Tuple.of(
                        Buffer.buffer(hash(entry.key())),
                        entry.owner(),
                        entry.scopes().stream().map(Scope::word).toArray(String[]::new)))
                .toList();
        if (!rows.isEmpty()) {
            pool.preparedQuery(UPSERT).executeBatchAndAwait(rows);
        }
        Buffer[] hashes =
                entries.stream().map(entry -> Buffer.buffer(hash(entry.key()))).toArray(Buffer[]::new);
        pool.preparedQuery(DELETE_OTHERS).executeAndAwait(Tuple.of((Object) hashes));
    }

    @Override
    public Uni<Caller> holder(String key) {
        byte[] hash = hash(key);
        String name = Base64.getEncoder().encodeToString(hash);
        Known before = known.get(name);
        long now = System.nanoTime();
        if (before != null && now - before.since() < KNOWN_NANOS) {
            return Uni.createFrom().item(before.caller());
        }
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(hash)))
                .map(rows -> {
                    for (Row row : rows) {
                        return toCaller(row);
                    }
                    throw new Unauthenticated();
                })
                .invoke(found -> remember(name, new Known(found, now)));
    }

    private void remember(String name, Known found) {
        if (known.size() >= MOST_KNOWN) {
            known.clear();
        }
        known.put(name, found);
    }

    private static Caller toCaller(Row row) {
        return new Caller(
                row.getString("owner"),
                Arrays.stream(row.getArrayOfStrings("scopes")).map(Scope::of).collect(Collectors.toSet()));
    }

    private static byte[] hash(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
