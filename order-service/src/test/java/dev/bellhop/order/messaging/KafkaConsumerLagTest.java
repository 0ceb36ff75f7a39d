package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.provider.DirectoryConfigProvider;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaConsumerLagTest {

    /** Knows which thread makes the client, and of what. */
    public static final class Witness implements MetricsReporter {

        private static volatile @Nullable Thread maker;

        private static volatile Map<String, ?> settings = Map.of();

        @Override
        public void configure(Map<String, ?> settings) {
            maker = Thread.currentThread();
            Witness.settings = settings;
        }

        @Override
        public void init(List<KafkaMetric> metrics) {}

        @Override
        public void metricChange(KafkaMetric metric) {}

        @Override
        public void metricRemoval(KafkaMetric metric) {}

        @Override
        public void close() {}
    }

    @Test
    void who_asks_does_not_wait_while_the_name_of_the_broker_is_looked_up() {
        // Given
        KafkaConsumerLag lag = new KafkaConsumerLag(
                Map.of("bootstrap.servers", "127.0.0.1:1", "metric.reporters", Witness.class.getName()), "a group");

        // When
        var records = lag.records().await().atMost(Duration.ofSeconds(30));

        // Then
        assertThat(records).isEmpty();
        assertThat(Witness.maker).isNotNull().isNotSameAs(Thread.currentThread());
        lag.close();
    }

    /** In a cluster a file says who we are (k8s/components/strimzi/client.yaml). */
    @Test
    void the_broker_is_shown_what_a_file_says_of_us(@TempDir Path folder) throws IOException {
        // Given
        Files.writeString(folder.resolve("login"), "a login");
        KafkaConsumerLag lag = new KafkaConsumerLag(
                Map.of(
                        "bootstrap.servers",
                        "127.0.0.1:1",
                        "metric.reporters",
                        Witness.class.getName(),
                        "config.providers",
                        "directory",
                        "config.providers.directory.class",
                        DirectoryConfigProvider.class.getName(),
                        "sasl.jaas.config",
                        "${directory:" + folder + ":login}"),
                "a group");

        // When
        var records = lag.records().await().atMost(Duration.ofSeconds(30));

        // Then
        assertThat(records).isEmpty();
        assertThat(Witness.settings.get("sasl.jaas.config")).hasToString("a login");
        lag.close();
    }
}
