package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;

/** Prunes the inbox, and what is kept as long, in small batches: no long lock, no burst of dead rows. */
@Singleton
public final class ForgetOldEvents {

    private static final int MOST = 1_000;

    private final Upkeep upkeep;
    private final UpkeepConfig config;
    private final Clock clock;

    ForgetOldEvents(Upkeep upkeep, UpkeepConfig config, Clock clock) {
        this.upkeep = upkeep;
        this.config = config;
        this.clock = clock;
    }

    /** Until nothing old is left. */
    public Uni<Void> run() {
        return Uni.createFrom()
                .deferred(() -> upkeep.forget(clock.instant().minus(config.eventsKept()), MOST))
                .repeat()
                .whilst(gone -> gone == MOST)
                .collect()
                .last()
                .replaceWithVoid();
    }
}
