package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Several records, one answer. */
@Singleton
final class Broker {

    private final NeverBlockingProducer producer;

    Broker(NeverBlockingProducer producer) {
        this.producer = producer;
    }

    /** Completes, on any thread, once all are acknowledged; fails with {@link BrokerUnavailable} once one is not. */
    Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records) {
        return Uni.createFrom().emitter(emitter -> {
            Acknowledgements acknowledgements = new Acknowledgements(
                    records.size(),
                    () -> emitter.complete(null),
                    failure -> emitter.fail(new BrokerUnavailable(failure)));
            producer.send(records, acknowledgements);
        });
    }
}
