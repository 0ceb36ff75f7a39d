package dev.bellhop.order.schedule;

import dev.bellhop.order.app.ForgetOldEvents;
import dev.bellhop.order.app.MeasureBacklog;
import dev.bellhop.order.app.PruneIdempotencyKeys;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Measures and prunes. Made at the start, so that settings by which it could not work stop the boot. */
@Startup
@Singleton
final class UpkeepTimers {

    private static final Logger LOG = Logger.getLogger(UpkeepTimers.class);

    private final MeasureBacklog measureBacklog;
    private final ForgetOldEvents forgetOldEvents;
    private final PruneIdempotencyKeys pruneIdempotencyKeys;

    UpkeepTimers(
            MeasureBacklog measureBacklog, ForgetOldEvents forgetOldEvents, PruneIdempotencyKeys pruneIdempotencyKeys) {
        this.measureBacklog = measureBacklog;
        this.forgetOldEvents = forgetOldEvents;
        this.pruneIdempotencyKeys = pruneIdempotencyKeys;
    }

    @Scheduled(
            every = "10s",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> measure() {
        return coping(measureBacklog.run());
    }

    @Scheduled(
            every = "10m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> forget() {
        return coping(forgetOldEvents.run());
    }

    /** Until nothing old is left: a batch each time would forget more slowly than calls can come. */
    @Scheduled(
            every = "${orders.idempotency.prune-every:10s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> prune() {
        return coping(Uni.createFrom()
                .deferred(pruneIdempotencyKeys::run)
                .repeat()
                .whilst(pruned -> pruned == PruneIdempotencyKeys.BATCH)
                .collect()
                .last()
                .replaceWithVoid());
    }

    private static Uni<Void> coping(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("upkeep waits reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
