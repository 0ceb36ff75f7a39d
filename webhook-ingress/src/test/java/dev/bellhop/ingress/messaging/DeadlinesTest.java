package dev.bellhop.ingress.messaging;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.app.WebhooksConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.spi.Converter;
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

    private static void assertWrong(Map<String, String> settings, String message) {
        assertThatThrownBy(() -> check(settings))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(message);
    }

    private static void check(Map<String, String> settings) {
        SmallRyeConfig config = new SmallRyeConfigBuilder()
                .withSources(new PropertiesConfigSource(settings, "test", 100))
                .withMapping(WebhooksConfig.class)
                .withMapping(KafkaConfig.class)
                .withConverters(new Converter<?>[] {new DurationConverter()})
                .build();
        Deadlines.check(
                config.getConfigMapping(KafkaConfig.class), config.getConfigMapping(WebhooksConfig.class), List.of());
    }
}
