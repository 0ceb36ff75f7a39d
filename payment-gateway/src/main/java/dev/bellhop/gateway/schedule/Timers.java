package dev.bellhop.gateway.schedule;

import dev.bellhop.gateway.app.PruneHistory;
import dev.bellhop.gateway.app.ReclaimDeliveries;
import dev.bellhop.gateway.app.SettlePayments;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** What happens by the clock. */
@Singleton
final class Timers {

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
        return settlePayments.run();
    }

    @Scheduled(every = "{gateway.delivery.sweep}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> reclaim() {
        return reclaimDeliveries.run();
    }

    @Scheduled(every = "{gateway.payments.prune-every}", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> prune() {
        return pruneHistory.run();
    }
}
