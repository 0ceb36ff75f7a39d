package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class KafkaConsumerLagTest {

    /** Knows which thread makes the client. */
    public static final class Witness implements MetricsReporter {

        private static volatile @Nullable Thread maker;

        @Override
        public void configure(Map<String, ?> settings) {
            maker = Thread.currentThread();
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
}
