package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import org.jboss.logging.Logger;

/** Takes back what instances that died had in hand, without waiting for their leases to end. */
@Singleton
public final class ReclaimDeliveries {

    private static final Logger LOG = Logger.getLogger(ReclaimDeliveries.class);

    private final Deliveries deliveries;
    private final Doorbell doorbell;

    ReclaimDeliveries(Deliveries deliveries, Doorbell doorbell) {
        this.deliveries = deliveries;
        this.doorbell = doorbell;
    }

    public Uni<Void> run() {
        return deliveries.reclaim().invoke(this::tell).replaceWithVoid();
    }

    private void tell(int reclaimed) {
        if (reclaimed > 0) {
            LOG.warnf("deliveries of a dead worker taken over count=%d", reclaimed);
            doorbell.ring();
        }
    }
}
