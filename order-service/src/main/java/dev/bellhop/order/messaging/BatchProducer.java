package dev.bellhop.order.messaging;

import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/**
 * A plain producer for many records with one answer. A message of the framework for each record cost more than all else
 * that the relay does. One that fails before it has ever delivered anything is made anew: Kafka's client asks for its id at
 * the start, and never again if it is refused then because its user is not known yet.
 */
@Singleton
final class BatchProducer {

    /** Well below the 30 s after which PostgreSQL takes the relay's lock away. */
    private static final Duration DELIVERY_TIMEOUT = Duration.ofSeconds(8);

    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(4);
    private static final Duration LONGEST_BLOCK = Duration.ofSeconds(2);
    private static final Duration LINGER = Duration.ofMillis(5);
    private static final int BATCH_BYTES = 128 * 1024;

    private final Supplier<Producer<String, byte[]>> maker;
    private final Clock clock;
    private @Nullable Producer<String, byte[]> producer;
    /** Guarded by this, as it is. */
    private boolean isKept;

    @Inject
    BatchProducer(@Identifier("default-kafka-broker") Map<String, Object> connection, Clock clock) {
        this(() -> new KafkaProducer<>(settings(connection)), clock);
    }

    BatchProducer(Supplier<Producer<String, byte[]>> maker, Clock clock) {
        this.maker = maker;
        this.clock = clock;
    }

    private static Map<String, Object> settings(Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, "order-events");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        // Each request wakes the broker and all who listen: few for a list, and no more than some hundred a second.
        settings.put(ProducerConfig.LINGER_MS_CONFIG, (int) LINGER.toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, LONGEST_BLOCK.toMillis());
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int) DELIVERY_TIMEOUT.toMillis());
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) REQUEST_TIMEOUT.toMillis());
        // What the broker takes is its own decision: what once came from it must find its way back.
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        return settings;
    }

    /**
     * Sends them one after the other; completes once the broker has all of them. If it fails, some may have arrived.
     * Fails within seconds if the broker is away.
     */
    Uni<Void> send(List<ProducerRecord<String, byte[]>> records) {
        return Uni.createFrom()
                .deferred(() -> send(producer(), records))
                // Sending may wait: for metadata, or for room in the buffer.
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .emitOn(Infrastructure.getDefaultWorkerPool());
    }

    private Uni<Void> send(Producer<String, byte[]> current, List<ProducerRecord<String, byte[]>> records) {
        return Uni.createFrom()
                .<Void>emitter(emitter -> {
                    Answers answers = new Answers(emitter, records.size());
                    for (ProducerRecord<String, byte[]> record : records) {
                        var unused = current.send(dated(record), answers);
                        if (answers.haveFailed()) {
                            // Each of the others would wait as long.
                            return;
                        }
                    }
                })
                .invoke(this::keep)
                .onFailure()
                .invoke(() -> giveUp(current));
    }

    /** Kafka's client would take the host's clock, and the broker refuses what is an hour ahead of its own. */
    private ProducerRecord<String, byte[]> dated(ProducerRecord<String, byte[]> record) {
        return new ProducerRecord<>(
                record.topic(), record.partition(), clock.millis(), record.key(), record.value(), record.headers());
    }

    /** Made at the first use: a broker that is away, or has no address yet, is no reason not to start. */
    private synchronized Producer<String, byte[]> producer() {
        Producer<String, byte[]> current = producer;
        if (current == null) {
            current = maker.get();
            producer = current;
        }
        return current;
    }

    private synchronized void keep() {
        isKept = true;
    }

    private void giveUp(Producer<String, byte[]> failed) {
        synchronized (this) {
            if (isKept || producer != failed) {
                return;
            }
            producer = null;
        }
        // Not under the lock: it waits for the client's thread, which may have to tell us of a failure.
        failed.close(Duration.ZERO);
    }

    @PreDestroy
    void close() {
        Producer<String, byte[]> last;
        synchronized (this) {
            last = producer;
        }
        // Nor is this under the lock.
        if (last != null) {
            last.close(LONGEST_BLOCK);
        }
    }

    /** Of all records, or the first failure. */
    private static final class Answers implements Callback {

        private final UniEmitter<? super Void> emitter;
        private final AtomicInteger missing;
        private volatile boolean failed;

        Answers(UniEmitter<? super Void> emitter, int count) {
            this.emitter = emitter;
            this.missing = new AtomicInteger(count);
        }

        boolean haveFailed() {
            return failed;
        }

        @Override
        public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception failure) {
            if (failure != null) {
                failed = true;
                emitter.fail(failure);
            } else if (missing.decrementAndGet() == 0) {
                emitter.complete(null);
            }
        }
    }
}
