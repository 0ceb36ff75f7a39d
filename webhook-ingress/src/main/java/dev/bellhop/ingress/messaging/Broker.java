package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.EventTooLarge;
import dev.bellhop.ingress.app.PublishedEvents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;

/** Several records, one answer. */
@Singleton
final class Broker {

    private final NeverBlockingProducer producer;

    Broker(NeverBlockingProducer producer) {
        this.producer = producer;
    }

    /** Completes, on any thread, once all are acknowledged; fails as {@link PublishedEvents} does once one is not. */
    Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records) {
        return publish(records, Runnable::run);
    }

    /** The same there. */
    Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records, Executor there) {
        return Uni.createFrom()
                .emitter(emitter -> producer.send(
                        records,
                        new Acknowledgements(
                                records.size(),
                                () -> there.execute(() -> emitter.complete(null)),
                                failure -> there.execute(() -> emitter.fail(reason(failure))))));
    }

    private static RuntimeException reason(Exception failure) {
        return failure instanceof RecordTooLargeException ? new EventTooLarge(failure) : new BrokerUnavailable(failure);
    }
}
