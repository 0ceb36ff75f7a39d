package dev.bellhop.order.schedule;

import dev.bellhop.order.app.ForgetOldEvents;
import dev.bellhop.order.app.MeasureBacklog;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Measures and prunes. */
@Singleton
final class UpkeepTimers {

    private static final Logger LOG = Logger.getLogger(UpkeepTimers.class);

    private final MeasureBacklog measureBacklog;
    private final ForgetOldEvents forgetOldEvents;

    UpkeepTimers(MeasureBacklog measureBacklog, ForgetOldEvents forgetOldEvents) {
        this.measureBacklog = measureBacklog;
        this.forgetOldEvents = forgetOldEvents;
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

    private static Uni<Void> coping(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("upkeep waits reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
