package dev.bellhop.system;

import dev.bellhop.contract.Topics;
import dev.bellhop.local.Http;
import dev.bellhop.local.Suite;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** What {@code orders.events} tells everybody. */
final class Announcements {

    private Announcements() {}

    /** Every status that was announced of each order, in the topic's order, once nothing waits to be announced. */
    static Map<String, List<String>> of(Suite suite) {
        Shop.eventually(() -> waiting(suite) == 0);
        Map<String, List<String>> statuses = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", suite.stack().bootstrapServers()),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.ORDERS).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(200))
                        .forEach(record -> statuses.computeIfAbsent(record.key(), order -> new ArrayList<>())
                                .add(Http.json(new String(record.value(), StandardCharsets.UTF_8))
                                        .path("status")
                                        .asText()));
            }
        }
        return statuses;
    }

    /** Changes that are not announced yet. */
    private static long waiting(Suite suite) throws SQLException {
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "");
                ResultSet row = connection.createStatement().executeQuery("select count(*) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }
}
