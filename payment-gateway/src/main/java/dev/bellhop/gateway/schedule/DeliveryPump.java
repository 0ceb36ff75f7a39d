package dev.bellhop.gateway.schedule;

import dev.bellhop.gateway.app.AttemptDelivery;
import dev.bellhop.gateway.app.ClaimDeliveries;
import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.domain.Delivery;
import io.quarkus.arc.Unremovable;
import io.quarkus.scheduler.Scheduled;
import jakarta.inject.Provider;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Keeps deliveries going: claims what is due, starts the attempts, and claims again until nothing is left. Woken by
 * {@link #ring} as soon as something was committed, and by a timer for what came due or was left behind.
 */
@Singleton
@Unremovable
final class DeliveryPump implements Doorbell {

    private static final Logger LOG = Logger.getLogger(DeliveryPump.class);

    private final Provider<ClaimDeliveries> claim;
    private final Provider<AttemptDelivery> attempt;
    /** Rings that are not answered yet; 0 while the pump rests. */
    private final AtomicInteger rings = new AtomicInteger();

    DeliveryPump(Provider<ClaimDeliveries> claim, Provider<AttemptDelivery> attempt) {
        this.claim = claim;
        this.attempt = attempt;
    }

    @Scheduled(every = "{gateway.delivery.sweep}")
    void sweep() {
        ring();
    }

    @Override
    public void ring() {
        if (rings.getAndIncrement() == 0) {
            round();
        }
    }

    /** One claim at a time; a ring that comes meanwhile leads to one more. */
    private void round() {
        int heard = rings.get();
        var unused = claim.get().run().subscribe().with(claimed -> started(claimed, heard), this::failed);
    }

    private void started(List<Delivery> claimed, int heard) {
        claimed.forEach(this::start);
        if (!claimed.isEmpty()) {
            round();
            return;
        }
        if (rings.addAndGet(-heard) > 0) {
            round();
        }
    }

    private void start(Delivery delivery) {
        var unused = attempt.get().run(delivery).subscribe().with(done -> ring(), failure -> {
            // The lease ends by itself and the delivery is made again.
            LOG.warnf("attempt not recorded deliveryId=%d reason=%s", delivery.id(), failure.getMessage());
        });
    }

    private void failed(Throwable failure) {
        rings.set(0);
        LOG.warnf("deliveries not claimed reason=%s", failure.getMessage());
    }
}
