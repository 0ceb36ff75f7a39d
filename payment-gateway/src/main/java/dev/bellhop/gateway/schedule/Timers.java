package dev.bellhop.gateway.schedule;

import dev.bellhop.gateway.app.PruneHistory;
import dev.bellhop.gateway.app.ReclaimDeliveries;
import dev.bellhop.gateway.app.SettlePayments;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** What happens by the clock. What fails, because the database is away, is tried again the next time. */
@Singleton
final class Timers {

    private static final Logger LOG = Logger.getLogger(Timers.class);

    private final SettlePayments settlePayments;
    private final ReclaimDeliveries reclaimDeliveries;
    private final PruneHistory pruneHistory;

    Timers(SettlePayments settlePayments, ReclaimDeliveries reclaimDeliveries, PruneHistory pruneHistory) {
        this.settlePayments = settlePayments;
        this.reclaimDeliveries = reclaimDeliveries;
        this.pruneHistory = pruneHistory;
    }

    @Scheduled(every = "{gateway.delivery.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> settle() {
        return coping(settlePayments.run());
    }

    @Scheduled(every = "{gateway.delivery.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reclaim() {
        return coping(reclaimDeliveries.run());
    }

    @Scheduled(every = "{gateway.payments.prune-every}", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return coping(pruneHistory.run());
    }

    private static Uni<Void> coping(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("timer waits reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }
}
