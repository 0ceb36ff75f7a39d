package dev.bellhop.ingress.messaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.Configured;
import dev.bellhop.ingress.app.WebhooksConfig;
import io.smallrye.config.SmallRyeConfig;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeadlinesTest {

    @Test
    void the_defaults_agree() {
        assertThatCode(() -> check(Map.of())).doesNotThrowAnyException();
    }

    @Test
    void a_try_that_takes_longer_than_all_of_them_is_refused() {
        assertWrong(
                Map.of("webhooks.kafka.request-timeout", "1500MS", "webhooks.kafka.linger", "5MS"),
                "webhooks.kafka.request-timeout");
    }

    @Test
    void a_broker_may_not_be_waited_for_longer_than_the_provider_waits() {
        assertWrong(Map.of("webhooks.kafka.delivery-timeout", "2S"), "webhooks.answer-within");
        assertWrong(Map.of("webhooks.answer-within", "1S"), "webhooks.kafka.delivery-timeout");
    }

    @Test
    void a_body_needs_time_to_arrive() {
        assertWrong(Map.of("webhooks.body-timeout", "0S"), "webhooks.body-timeout");
        assertWrong(Map.of("webhooks.body-timeout", "-1S"), "webhooks.body-timeout");
    }

    @Test
    void a_number_that_the_client_would_be_made_with_never_is_refused() {
        assertWrong(Map.of("webhooks.kafka.request-timeout", "0S"), "webhooks.kafka.request-timeout (PT0S)");
        assertWrong(Map.of("webhooks.kafka.linger", "-1MS"), "webhooks.kafka.linger (PT-0.001S)");
        assertWrong(Map.of("webhooks.kafka.batch-bytes", "-1"), "webhooks.kafka.batch-bytes=-1");
        assertWrong(
                Map.of("webhooks.kafka.batch-bytes", "131072", "webhooks.kafka.buffer-bytes", "65536"),
                "webhooks.kafka.buffer-bytes=65536");
        assertThatCode(() -> check(Map.of("webhooks.kafka.linger", "0S", "webhooks.kafka.batch-bytes", "0")))
                .doesNotThrowAnyException();
    }

    @Test
    void no_source_publishes_to_a_topic_that_means_something_else() {
        for (String topic : List.of("webhooks.rejected", "webhooks.payments.dlq", "orders.events")) {
            assertThatThrownBy(() -> Deadlines.check(topic, "shop"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("webhooks.sources.shop.topic=" + topic);
        }
    }

    private static void assertWrong(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    private static void check(Map<String, String> settings) {
        SmallRyeConfig config = Configured.by(settings, WebhooksConfig.class, KafkaConfig.class);
        Deadlines.check(
                config.getConfigMapping(KafkaConfig.class), config.getConfigMapping(WebhooksConfig.class), List.of());
    }
}
