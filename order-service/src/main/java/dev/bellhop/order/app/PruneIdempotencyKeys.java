package dev.bellhop.order.app;

import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/** Forgets the answers of calls that nobody will repeat any more, one small batch at a time. */
@Singleton
public final class PruneIdempotencyKeys {

    /** Small enough to hold no lock for long. */
    public static final int BATCH = 1_000;

    private static final Duration SHORTEST = Duration.ofHours(24);

    private final IdempotencyKeys keys;
    private final Duration retention;

    PruneIdempotencyKeys(IdempotencyKeys keys, Settings settings) {
        this.keys = keys;
        this.retention = settings.retention();
        if (retention.compareTo(SHORTEST) < 0) {
            throw new IllegalArgumentException("orders.idempotency.retention is shorter than the 24 hours we promise");
        }
    }

    /** Settings. */
    @ConfigMapping(prefix = "orders.idempotency")
    public interface Settings {

        /** How long a call can be repeated. Less than a day stops the boot. */
        @WithDefault("48h")
        Duration retention();

        /** How often a batch of old ones is looked for. */
        @WithDefault("10s")
        Duration pruneEvery();
    }

    /** How many were forgotten; {@link #BATCH} means that there may be more. */
    @WithTransaction
    public Uni<Integer> run() {
        return keys.prune(retention, BATCH);
    }
}
