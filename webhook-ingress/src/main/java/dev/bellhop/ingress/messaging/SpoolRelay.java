package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.EventTooLarge;
import dev.bellhop.ingress.app.Spool;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jboss.logging.Logger;

/**
 * Takes what waits in one spool to the broker, in order, as soon as the broker takes it; also what an earlier process left.
 * What the broker will never take for its size is set aside, and holds up nobody: nothing that was accepted is dropped.
 */
final class SpoolRelay {

    private static final Logger LOG = Logger.getLogger(SpoolRelay.class);

    private static final int TOGETHER = -1;

    private final String source;
    private final Spool spool;
    private final Publishing broker;
    private final Runnable countSetAside;
    /** Of the first batch, if it goes one by one: how many went. */
    private final AtomicInteger alone = new AtomicInteger(TOGETHER);

    private final AtomicBoolean busy = new AtomicBoolean();
    private final AtomicBoolean complained = new AtomicBoolean();

    SpoolRelay(String source, Spool spool, Publishing broker, Runnable countSetAside) {
        this.source = source;
        this.spool = spool;
        this.broker = broker;
        this.countSetAside = countSetAside;
    }

    /** Begins unless it is at it; to be called again and again. */
    void relay() {
        if (spool.bytes() > 0 && busy.compareAndSet(false, true)) {
            relayAll().onTermination().invoke(() -> busy.set(false)).subscribe().with(done -> {}, this::complain);
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
            return publish(batch)
                    .chain(() -> spool.release(batch))
                    .invoke(this::tell)
                    .chain(this::relayAll);
        });
    }

    private void tell() {
        if (spool.isEmpty()) {
            complained.set(false);
            LOG.infof("spool drained source=%s", source);
        }
    }

    private Uni<Void> publish(Spool.Batch batch) {
        if (alone.get() != TOGETHER) {
            return oneByOne(batch);
        }
        return broker.publish(batch.records().stream()
                        .map(spooled -> SpooledRecord.read(spooled.record()))
                        .toList())
                .onFailure(EventTooLarge.class)
                .recoverWithUni(() -> oneByOne(batch));
    }

    /**
     * Some of them came again; the inbox of whoever reads them knows that. If the broker goes, the next try goes on there,
     * and nothing comes again and again meanwhile.
     */
    private Uni<Void> oneByOne(Spool.Batch batch) {
        alone.compareAndSet(TOGETHER, 0);
        List<Spool.Spooled> all = batch.records();
        // fewer than went before, if one of them cannot be read any more
        List<Spool.Spooled> left = all.subList(Math.min(alone.get(), all.size()), all.size());
        return Multi.createFrom()
                .iterable(left)
                .onItem()
                .transformToUniAndConcatenate(spooled -> broker.publish(List.of(SpooledRecord.read(spooled.record())))
                        .onFailure(EventTooLarge.class)
                        .recoverWithUni(() -> setAside(spooled))
                        .invoke(alone::incrementAndGet))
                .collect()
                .last()
                .invoke(() -> alone.set(TOGETHER))
                .replaceWithVoid();
    }

    private Uni<Void> setAside(Spool.Spooled spooled) {
        return spool.setAside(spooled).invoke(() -> {
            countSetAside.run();
            LOG.errorf(
                    "event set aside topic=%s bytes=%d reason=larger than the broker takes",
                    SpooledRecord.read(spooled.record()).topic(), spooled.record().length);
        });
    }

    /** Completes once the broker has stored all; fails with {@link EventTooLarge} if it never takes one. */
    interface Publishing {
        Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records);
    }
}
