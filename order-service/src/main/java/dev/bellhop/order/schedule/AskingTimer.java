package dev.bellhop.order.schedule;

import dev.bellhop.order.app.ReconcilePayments;
import dev.bellhop.order.app.SharedClock;
import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Asks the provider about orders whose time has come. Made at the start, so that settings that forbid it stop the boot. */
@Startup
@Singleton
final class AskingTimer {

    private static final Logger LOG = Logger.getLogger(AskingTimer.class);

    private final SharedClock clock;
    private final ReconcilePayments reconcilePayments;

    AskingTimer(SharedClock clock, ReconcilePayments reconcilePayments) {
        this.clock = clock;
        this.reconcilePayments = reconcilePayments;
    }

    @Scheduled(
            every = "${orders.asking.every:1s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP,
            skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    Uni<Void> round() {
        return clock.agree()
                .chain(reconcilePayments::run)
                .onFailure()
                .invoke(failure -> LOG.warnf("orders not asked about reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithItem(0)
                .replaceWithVoid();
    }
}
