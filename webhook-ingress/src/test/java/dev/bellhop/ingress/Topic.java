package dev.bellhop.ingress;

import dev.bellhop.testing.SharedStack;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** What arrives on a topic from now on. */
final class Topic implements AutoCloseable {

    private final KafkaConsumer<String, byte[]> consumer;

    private Topic(String name) {
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        SharedStack.get().bootstrapServers(),
                        "group.id",
                        UUID.randomUUID().toString()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(name).stream()
                .map(partition -> new TopicPartition(name, partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
    }

    static Topic fromNow(String name) {
        try (Admin admin = admin()) {
            create(admin, name);
        }
        return new Topic(name);
    }

    /** From now on the broker takes no larger record for it. */
    static void limit(String name, int bytes) {
        set(name, "max.message.bytes", bytes);
    }

    /**
     * From now on the broker refuses what is older than no time at all, which is everything that lingers for a millisecond.
     * (Two replicas in sync are not asked for where there is one.)
     */
    static void block(String name) {
        set(name, "message.timestamp.before.max.ms", 0);
    }

    static void unblock(String name) {
        set(name, "message.timestamp.before.max.ms", Integer.MAX_VALUE);
    }

    private static void set(String name, String setting, int value) {
        try (Admin admin = admin()) {
            create(admin, name);
            AlterConfigOp change =
                    new AlterConfigOp(new ConfigEntry(setting, String.valueOf(value)), AlterConfigOp.OpType.SET);
            ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, name);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(change))).all().get();
            // The broker acknowledges a change before it goes by it.
            Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> String.valueOf(value)
                    .equals(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get(setting)
                            .value()));
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Admin admin() {
        return Admin.create(Map.of("bootstrap.servers", SharedStack.get().bootstrapServers()));
    }

    private static void create(Admin admin, String name) {
        try {
            admin.createTopics(List.of(new NewTopic(name, 4, (short) 1))).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e);
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Iterable<ConsumerRecord<String, byte[]>> poll(Duration patience) {
        return consumer.poll(patience);
    }

    /** Everything until there are that many; fails if there are not. */
    List<ConsumerRecord<String, byte[]>> until(int count) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        Instant deadline = Instant.now().plusSeconds(10);
        while (Instant.now().isBefore(deadline) && all.size() < count) {
            consumer.poll(Duration.ofMillis(100)).forEach(all::add);
        }
        if (all.size() != count) {
            throw new AssertionError(all.size() + " records, not " + count);
        }
        return all;
    }

    /** Everything up to and with the record of that event id; fails if it does not come. */
    List<ConsumerRecord<String, byte[]>> until(String eventId) {
        List<ConsumerRecord<String, byte[]>> all = new ArrayList<>();
        Instant deadline = Instant.now().plusSeconds(10);
        while (Instant.now().isBefore(deadline)) {
            consumer.poll(Duration.ofMillis(100)).forEach(all::add);
            if (all.stream().anyMatch(record -> eventId.equals(header(record, "ce_id")))) {
                return all;
            }
        }
        throw new AssertionError("no record with ce_id " + eventId + " among " + all.size());
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        var header = record.headers().lastHeader(name);
        return header == null ? null : new String(header.value(), java.nio.charset.StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        consumer.close();
    }
}
