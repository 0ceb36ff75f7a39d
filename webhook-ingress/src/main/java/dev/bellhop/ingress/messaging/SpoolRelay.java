package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.Spool;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/** Takes what waits in the spool to the broker, in order, as soon as the broker takes it; also what an earlier process left.
 * What the broker will not take for its size holds up the rest: nothing that was accepted is dropped. */
@Singleton
final class SpoolRelay {

    private static final Logger LOG = Logger.getLogger(SpoolRelay.class);
    private static final long EVERY_MILLIS = 200;

    private final Spool spool;
    private final Broker broker;
    private final AtomicBoolean busy = new AtomicBoolean();

    SpoolRelay(Spool spool, Broker broker) {
        this.spool = spool;
        this.broker = broker;
    }

    void start(@Observes StartupEvent event, Vertx vertx) {
        vertx.setPeriodic(EVERY_MILLIS, timer -> relay());
    }

    private void relay() {
        if (!spool.isEmpty() && busy.compareAndSet(false, true)) {
            relayAll()
                    .onTermination()
                    .invoke(() -> busy.set(false))
                    .subscribe()
                    .with(
                            done -> LOG.info("spool drained"),
                            failure -> LOG.debugf("spool not drained yet: %s", failure.getMessage()));
        }
    }

    /** One batch after the other, until none is left or the broker does not take one. */
    private Uni<Void> relayAll() {
        return spool.first().chain(batch -> {
            if (batch.records().isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return broker.publish(
                            batch.records().stream().map(SpooledRecord::read).toList())
                    .chain(() -> spool.release(batch))
                    .chain(this::relayAll);
        });
    }
}
