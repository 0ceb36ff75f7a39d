package dev.bellhop.prove;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.contract.Topics;
import dev.bellhop.local.Http;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Listens to {@code orders.events} while the run goes on, and asks whether what was announced is so already. If it can't go on,
 * that is seen, too.
 */
final class AnnouncementWatch implements AutoCloseable {

    /** Announcements that are looked up; the others are only counted. */
    private static final int EVERY = 3;

    private final String bootstrapServers;
    private final Api api;
    private final Observation.Log seen;
    private final AtomicInteger heard = new AtomicInteger();
    private final Thread thread = new Thread(this::listen, "announcements");
    private volatile boolean closed;

    AnnouncementWatch(String bootstrapServers, Api api, Observation.Log seen) {
        this.bootstrapServers = bootstrapServers;
        this.api = api;
        this.seen = seen;
        thread.setDaemon(true);
    }

    AnnouncementWatch start() {
        thread.start();
        return this;
    }

    int heard() {
        return heard.get();
    }

    private void listen() {
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(Topics.ORDERS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            while (!closed) {
                poll(consumer);
            }
        } catch (RuntimeException e) {
            seen.add(Guarantee.G6, false, "nobody listens to announcements any more: " + e);
        }
    }

    private void poll(KafkaConsumer<String, byte[]> consumer) {
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                if (heard.incrementAndGet() % EVERY == 0) {
                    lookUp(Topic.json(record.value()));
                }
            }
        } catch (RetriableException e) {
            // the broker is away; the consumer finds it again
        }
    }

    private void lookUp(JsonNode event) {
        String orderId = event.path("orderId").asText();
        Http.Answer answer = api.operate("GET", "/orders/" + orderId, "");
        long announced = event.path("version").asLong();
        if (answer.status() == 200) {
            long version = answer.json().path("version").asLong();
            seen.add(
                    Guarantee.G6,
                    version >= announced,
                    "version " + announced + " of " + orderId + " was announced when " + version + " was there");
        } else if (answer.status() == 404) {
            seen.add(Guarantee.G6, false, orderId + " was announced, but is not there");
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join(5_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
