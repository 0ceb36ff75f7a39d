package dev.bellhop.ingress.messaging;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.PublishedEvents;
import dev.bellhop.ingress.app.Spool;
import dev.bellhop.ingress.app.Spools;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.VerifiedEvent;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Publishes to Kafka and answers on the event loop that asked. Events of sources that never send twice go to the spool if
 * the broker does not take them, and as long as older ones wait there.
 */
@Singleton
final class KafkaPublishedEvents implements PublishedEvents {

    private final Broker broker;
    private final Spools spools;
    private final IngressMetrics metrics;

    KafkaPublishedEvents(Broker broker, Spools spools, IngressMetrics metrics) {
        this.broker = broker;
        this.spools = spools;
        this.metrics = metrics;
        Collection<Spool> all = spools.all().values();
        metrics.watchSpool(
                () -> all.stream().mapToLong(Spool::bytes).sum(),
                () -> all.stream()
                        .mapToLong(spool -> spool.age().toSeconds())
                        .max()
                        .orElse(0),
                () -> all.stream().mapToLong(Spool::damagedBytes).sum());
    }

    @Override
    public Uni<Void> publish(List<VerifiedEvent> events) {
        if (events.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(events.size());
        for (VerifiedEvent event : events) {
            records.add(CloudEventRecord.of(event));
        }
        Context context = Vertx.currentContext();
        Executor here = context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
        Source source = events.get(0).source();
        if (!source.spooled()) {
            return broker.publish(records, here);
        }
        Uni<Void> stored = spools.of(source).isEmpty()
                ? broker.publish(records)
                        .onFailure(BrokerUnavailable.class)
                        .recoverWithUni(() -> spooled(source, records))
                : spooled(source, records);
        return stored.emitOn(here);
    }

    private Uni<Void> spooled(Source source, List<ProducerRecord<byte[], byte[]>> records) {
        return spools.of(source)
                .append(records.stream().map(SpooledRecord::write).toList())
                .invoke(() -> metrics.spooled(source, records.size()));
    }
}
