package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;

/** Forgets events, attempts and idempotency keys that are older than anybody retries, in small batches. */
@Singleton
public final class PruneHistory {

    private static final int BATCH = 1_000;

    private final EventLog events;
    private final Clock clock;
    private final PaymentConfig config;

    PruneHistory(EventLog events, Clock clock, PaymentConfig config) {
        this.events = events;
        this.clock = clock;
        this.config = config;
    }

    public Uni<Void> run() {
        Instant before = clock.instant().minus(config.retention());
        return Multi.createBy()
                .repeating()
                .uni(() -> events.prune(before, BATCH))
                .whilst(pruned -> pruned >= BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
