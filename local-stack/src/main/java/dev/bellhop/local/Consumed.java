package dev.bellhop.local;

import dev.bellhop.contract.Topics;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** Knows whether order-service has dealt with everything that is on the payments topic. */
public final class Consumed {

    private static final Duration PAUSE = Duration.ofMillis(50);

    private Consumed() {}

    /** Waits until it has; false if it has not within {@code limit}. */
    public static boolean within(Duration limit, String bootstrapServers) throws InterruptedException {
        long deadline = System.nanoTime() + limit.toNanos();
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            while (!committed(admin).equals(ends(admin))) {
                if (System.nanoTime() > deadline) {
                    return false;
                }
                TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
            }
            return true;
        } catch (ExecutionException e) {
            throw new IllegalStateException("Kafka does not tell its offsets", e);
        }
    }

    /** Partitions that hold something, and where they end. */
    private static Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException, ExecutionException {
        var description =
                admin.describeTopics(Set.of(Topics.PAYMENTS)).allTopicNames().get();
        Map<TopicPartition, OffsetSpec> latest =
                Objects.requireNonNull(description.get(Topics.PAYMENTS)).partitions().stream()
                        .collect(Collectors.toMap(
                                partition -> new TopicPartition(Topics.PAYMENTS, partition.partition()),
                                partition -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().entrySet().stream()
                .filter(end -> end.getValue().offset() > 0)
                .collect(Collectors.toMap(
                        Map.Entry::getKey, end -> end.getValue().offset()));
    }

    /** How far a group has come; only one consumes this topic. */
    private static Map<TopicPartition, Long> committed(Admin admin) throws InterruptedException, ExecutionException {
        Map<TopicPartition, Long> committed = new HashMap<>();
        for (var group : admin.listGroups().all().get()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group.groupId())
                    .partitionsToOffsetAndMetadata()
                    .get();
            offsets.forEach((partition, offset) -> {
                if (partition.topic().equals(Topics.PAYMENTS) && offset != null && offset.offset() > 0) {
                    committed.put(partition, offset.offset());
                }
            });
        }
        return committed;
    }
}
