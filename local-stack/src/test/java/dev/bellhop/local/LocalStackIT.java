package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalStackIT {

    @Test
    void data_survive_a_stop_that_leaves_nothing_running_and_durability_is_on(@TempDir Path folder) throws Exception {
        try (LocalStack stack = LocalStack.in(folder).start()) {
            // Given
            try (Admin admin = Admin.create(clientOf(stack))) {
                admin.createTopics(List.of(new NewTopic("kept", 1, (short) 1)))
                        .all()
                        .get(20, TimeUnit.SECONDS);
            }
            sql(stack, "create table kept (id int)");
            ProcessHandle postmaster = stack.postmaster();

            // When
            stack.stop();

            // Then
            assertThat(stack.kafka().isAlive()).isFalse();
            assertThat(stack.postgres().isAlive()).isFalse();
            await().atMost(Duration.ofSeconds(5)).until(() -> !postmaster.isAlive());

            // When
            stack.start();

            // Then
            try (Admin admin = Admin.create(clientOf(stack))) {
                assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("kept");
            }
            assertThat(sql(stack, "select count(*)::text from kept")).isEqualTo("0");
            assertThat(sql(stack, "show fsync")).isEqualTo("on");
            assertThat(sql(stack, "show synchronous_commit")).isEqualTo("on");
        }
    }

    @Test
    void a_killed_server_comes_back_with_what_it_had(@TempDir Path folder) throws Exception {
        try (LocalStack stack = LocalStack.in(folder).start()) {
            // Given
            sql(stack, "create table kept (id int)");
            try (KafkaProducer<String, String> producer = producerOf(stack)) {
                producer.send(new ProducerRecord<>("kept", "a")).get(20, TimeUnit.SECONDS);
            }

            // When
            stack.kafka().kill();
            stack.kafka().start();
            stack.postgres().kill();
            stack.postgres().start();

            // Then
            assertThat(sql(stack, "select count(*)::text from kept")).isEqualTo("0");
            try (Admin admin = Admin.create(clientOf(stack))) {
                assertThat(admin.listTopics().names().get(20, TimeUnit.SECONDS)).contains("kept");
            }
        }
    }

    private static Properties clientOf(LocalStack stack) {
        Properties settings = new Properties();
        settings.putAll(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, stack.bootstrapServers()));
        return settings;
    }

    private static KafkaProducer<String, String> producerOf(LocalStack stack) {
        Properties settings = clientOf(stack);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        return new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer());
    }

    private static String sql(LocalStack stack, String statement) throws Exception {
        try (var connection = DriverManager.getConnection(stack.jdbcUrl("postgres"), "postgres", "");
                var query = connection.createStatement()) {
            if (!query.execute(statement)) {
                return "";
            }
            var rows = query.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }
}
