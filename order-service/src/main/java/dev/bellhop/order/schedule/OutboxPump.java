package dev.bellhop.order.schedule;

import dev.bellhop.order.app.RelayOutbox;
import dev.bellhop.order.app.RelaySignals;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import org.jboss.logging.Logger;

/**
 * Keeps the outbox empty: woken by the database as soon as something was committed, and by a timer for what an earlier
 * process left behind or a missed wake-up.
 */
@Singleton
final class OutboxPump {

    private static final Logger LOG = Logger.getLogger(OutboxPump.class);

    private final RelayOutbox relayOutbox;
    private final RelaySignals signals;
    /** Rings that are not answered yet; 0 while the pump rests. */
    private final AtomicInteger rings = new AtomicInteger();

    OutboxPump(RelayOutbox relayOutbox, RelaySignals signals) {
        this.relayOutbox = relayOutbox;
        this.signals = signals;
    }

    void start(@Observes StartupEvent started) {
        signals.onChange(this::ring);
    }

    @Scheduled(every = "1s", skipExecutionIf = Scheduled.ApplicationNotRunning.class)
    void sweep() {
        ring();
    }

    private void ring() {
        if (rings.getAndIncrement() == 0) {
            relay();
        }
    }

    /** One at a time; a ring that comes meanwhile leads to one more. */
    private void relay() {
        int heard = rings.get();
        var unused = relayOutbox.run().subscribe().with(relayed -> rest(heard), failure -> {
            // They stay in the outbox; the next sweep tries again.
            LOG.warnf("outbox not relayed reason=%s", failure.getMessage());
            rings.set(0);
        });
    }

    private void rest(int heard) {
        if (rings.addAndGet(-heard) > 0) {
            relay();
        }
    }
}
