package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.EventTooLarge;
import dev.bellhop.ingress.app.PublishedEvents;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
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
        return Uni.createFrom().emitter(emitter -> {
            Acknowledgements acknowledgements = new Acknowledgements(
                    records.size(), () -> emitter.complete(null), failure -> emitter.fail(reason(failure)));
            producer.send(records, acknowledgements);
        });
    }

    private static RuntimeException reason(Exception failure) {
        return failure instanceof RecordTooLargeException ? new EventTooLarge(failure) : new BrokerUnavailable(failure);
    }
}
