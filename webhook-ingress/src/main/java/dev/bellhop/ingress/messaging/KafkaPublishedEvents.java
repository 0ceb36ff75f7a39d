package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.PublishedEvents;
import dev.bellhop.ingress.app.Spool;
import dev.bellhop.ingress.domain.VerifiedEvent;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Publishes to Kafka and answers on the event loop that asked. Events of sources that never send twice go to the spool if
 * the broker does not take them, and as long as older ones wait there.
 */
@Singleton
final class KafkaPublishedEvents implements PublishedEvents {

    private final Broker broker;
    private final Spool spool;
    private final IngressMetrics metrics;

    KafkaPublishedEvents(Broker broker, Spool spool, IngressMetrics metrics) {
        this.broker = broker;
        this.spool = spool;
        this.metrics = metrics;
        metrics.watchSpool(spool::bytes, () -> spool.age().toSeconds());
    }

    @Override
    public Uni<Void> publish(List<VerifiedEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<ProducerRecord<byte[], byte[]>> records =
                events.stream().map(CloudEventRecord::of).toList();
        Context context = Vertx.currentContext();
        if (!events.get(0).source().spooled()) {
            return here(broker.publish(records), context);
        }
        Uni<Void> stored = spool.isEmpty()
                ? broker.publish(records)
                        .onFailure(BrokerUnavailable.class)
                        .recoverWithUni(() -> spooled(events, records))
                : spooled(events, records);
        return here(stored, context);
    }

    private Uni<Void> spooled(List<VerifiedEvent> events, List<ProducerRecord<byte[], byte[]>> records) {
        return spool.append(records.stream().map(SpooledRecord::write).toList())
                .invoke(() -> metrics.spooled(events.get(0).source(), events.size()));
    }

    private static Uni<Void> here(Uni<Void> work, @Nullable Context context) {
        return context == null ? work : work.emitOn(task -> context.runOnContext(ignored -> task.run()));
    }
}
