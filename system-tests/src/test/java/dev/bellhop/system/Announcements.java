package dev.bellhop.system;

import com.fasterxml.jackson.databind.JsonNode;
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

    /** Every status that each order was announced to have come to, in the topic's order, once nothing waits to be announced. */
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
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    JsonNode event = Http.json(new String(record.value(), StandardCharsets.UTF_8));
                    if (!event.path("status").equals(event.path("previousStatus"))) {
                        statuses.computeIfAbsent(record.key(), order -> new ArrayList<>())
                                .add(event.path("status").asText());
                    }
                });
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
