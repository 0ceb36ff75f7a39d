package dev.bellhop.order.schedule;

import dev.bellhop.order.app.PruneIdempotencyKeys;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Forgets old idempotency keys, in the pauses between calls. */
@Singleton
final class IdempotencyPruning {

    private final PruneIdempotencyKeys pruneIdempotencyKeys;

    IdempotencyPruning(PruneIdempotencyKeys pruneIdempotencyKeys) {
        this.pruneIdempotencyKeys = pruneIdempotencyKeys;
    }

    /** A batch every ten seconds forgets 8.6 million keys a day. */
    @Scheduled(
            every = "${orders.idempotency.prune-every:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> prune() {
        return pruneIdempotencyKeys.run().onFailure().recoverWithItem(0).replaceWithVoid();
    }
}
