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
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Keys of the database, to which those of the keys file are added at start. */
@Singleton
final class PostgresApiKeys implements ApiKeys {

    private static final String UPSERT =
            """
            insert into api_keys (hash, owner, scopes) values ($1, $2, $3)
            on conflict (hash) do update set owner = excluded.owner, scopes = excluded.scopes
            """;

    private static final String FIND = "select owner, scopes from api_keys where hash = $1";

    private final Pool pool;
    private final KeysConfig config;
    private final Map<String, Caller> known = new ConcurrentHashMap<>();

    PostgresApiKeys(Pool pool, KeysConfig config) {
        this.pool = pool;
        this.config = config;
    }

    void load(@Observes StartupEvent started) {
        List<KeysFile.Entry> entries = config.keysFile().map(KeysFile::read).orElse(List.of());
        List<Tuple> rows = entries.stream()
                .map(entry -> Tuple.of(
                        Buffer.buffer(hash(entry.key())),
                        entry.owner(),
                        entry.scopes().stream().map(Scope::word).toArray(String[]::new)))
                .toList();
        if (!rows.isEmpty()) {
            // Start-up is the one place that may wait: without its keys the gateway must not serve.
            pool.preparedQuery(UPSERT).executeBatchAndAwait(rows);
        }
    }

    @Override
    public Uni<Caller> holder(String key) {
        byte[] hash = hash(key);
        String name = Base64.getEncoder().encodeToString(hash);
        Caller caller = known.get(name);
        if (caller != null) {
            return Uni.createFrom().item(caller);
        }
        return pool.preparedQuery(FIND)
                .execute(Tuple.of(Buffer.buffer(hash)))
                .map(rows -> {
                    for (Row row : rows) {
                        return toCaller(row);
                    }
                    throw new Unauthenticated();
                })
                .invoke(found -> known.put(name, found));
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
