package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.EventTooLarge;
import dev.bellhop.ingress.app.Spool;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;

/**
 * Takes what waits in one spool to the broker, in order, as soon as the broker takes it; also what an earlier process left.
 * What the broker will never take for its size is set aside, and holds up nobody: nothing that was accepted is dropped.
 */
final class SpoolRelay {

    private static final Logger LOG = Logger.getLogger(SpoolRelay.class);

    private final String source;
    private final Spool spool;
    private final Broker broker;
    private final IngressMetrics metrics;
    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    SpoolRelay(String source, Spool spool, Broker broker, IngressMetrics metrics) {
        this.source = source;
        this.spool = spool;
        this.broker = broker;
        this.metrics = metrics;
    }

    /** Begins unless it is at it; to be called again and again. */
    void relay() {
        if (!spool.isEmpty() && busy.compareAndSet(false, true)) {
            relayAll()
                    .onTermination()
                    .invoke(() -> busy.set(false))
                    .subscribe()
                    .with(
                            done -> {
                                complained.set(false);
                                LOG.infof("spool drained source=%s", source);
                            },
                            this::complain);
        }
    }

    /** Once until it is drained: it tries five times a second. */
    private void complain(Throwable failure) {
        if (complained.compareAndSet(false, true)) {
            LOG.warnf("spool not drained yet source=%s reason=%s", source, reason(failure));
        }
    }

    private static String reason(Throwable failure) {
        return String.valueOf((failure.getCause() == null ? failure : failure.getCause()).getMessage());
    }

    /** One batch after the other, until none is left or the broker does not take one. */
    private Uni<Void> relayAll() {
        return spool.first().chain(batch -> {
            if (batch.records().isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            return publish(batch).chain(() -> spool.release(batch)).chain(this::relayAll);
        });
    }

    private Uni<Void> publish(Spool.Batch batch) {
        return broker.publish(batch.records().stream().map(SpooledRecord::read).toList())
                .onFailure(EventTooLarge.class)
                .recoverWithUni(() -> oneByOne(batch));
    }

    /** Some of them came again; the inbox of whoever reads them knows that. */
    private Uni<Void> oneByOne(Spool.Batch batch) {
        return Multi.createFrom()
                .iterable(batch.records())
                .onItem()
                .transformToUniAndConcatenate(record -> broker.publish(List.of(SpooledRecord.read(record)))
                        .onFailure(EventTooLarge.class)
                        .recoverWithUni(() -> setAside(record)))
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Void> setAside(byte[] record) {
        return spool.setAside(record).invoke(() -> {
            metrics.setAside();
            LOG.errorf(
                    "event set aside topic=%s bytes=%d reason=larger than the broker takes",
                    SpooledRecord.read(record).topic(), record.length);
        });
    }
}
