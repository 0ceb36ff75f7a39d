package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.PublishedEvents;
import dev.bellhop.ingress.domain.VerifiedEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.core.Context;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Publishes to Kafka and answers on the event loop that asked. */
@Singleton
final class KafkaPublishedEvents implements PublishedEvents {

    private final NeverBlockingProducer producer;

    KafkaPublishedEvents(NeverBlockingProducer producer) {
        this.producer = producer;
    }

    @Override
    public Uni<Void> publish(List<VerifiedEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.createFrom().emitter(emitter -> {
            Callback acknowledgements = new Acknowledgements(events.size(), emitter);
            events.forEach(event -> producer.send(CloudEventRecord.of(event), acknowledgements));
        });
    }

    /** Waits for all, and tells the first failure. */
    private static final class Acknowledgements implements Callback {

        private final AtomicInteger missing;
        private final UniEmitter<? super Void> emitter;
        private final @Nullable Context context = io.vertx.core.Vertx.currentContext();

        Acknowledgements(int count, UniEmitter<? super Void> emitter) {
            this.missing = new AtomicInteger(count);
            this.emitter = emitter;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                answer(() -> emitter.fail(new BrokerUnavailable(failure)));
            } else if (missing.decrementAndGet() == 0) {
                answer(() -> emitter.complete(null));
            }
        }

        private void answer(Runnable action) {
            if (context == null) {
                action.run();
            } else {
                context.runOnContext(ignored -> action.run());
            }
        }
    }
}
