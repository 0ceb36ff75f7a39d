package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** The packaged service, and a broker that answers, but takes its time. */
class SlowBrokerIT {

    private static final String BODY = "{\"event\":\"payment_success\",\"orderId\":\"12345\"}";

    private final String id = "evt_" + UUID.randomUUID();

    @Test
    void a_slow_broker_is_503_in_time_and_nothing_more_is_needed_when_it_is_quick_again() throws IOException {
        // Given
        try (SlowLink link = new SlowLink(SharedStack.get().bootstrapServers());
                Topic topic = Topic.fromNow(Topics.PAYMENTS)) {
            IngressProcess ingress = new IngressProcess(Map.of("kafka.bootstrap.servers", link.address()));
            try {
                Sender sender = new Sender(ingress.root());
                assertThat(send(sender, "evt_before").statusCode()).isEqualTo(202);
                // When
                link.delay(Duration.ofMillis(300));
                assertThat(send(sender, "evt_slow").statusCode()).isEqualTo(202);
                link.delay(Duration.ofSeconds(3));
                for (int i = 0; i < 3; i++) {
                    assertUnavailableInTime(sender);
                }
                link.delay(Duration.ZERO);
                // Then
                Awaitility.await()
                        .atMost(Duration.ofSeconds(15))
                        .until(() -> send(sender, id).statusCode() == 202);
                assertThat(topic.until(id)).isNotEmpty();
            } finally {
                ingress.kill();
            }
        }
    }

    private static void assertUnavailableInTime(Sender sender) {
        Instant begin = Instant.now();
        HttpResponse<String> answer = send(sender, "evt_too_slow");
        assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).contains("2");
    }

    private static HttpResponse<String> send(Sender sender, String id) {
        return sender.post("/webhooks/payments", signed(id, Instant.now(), BODY), BODY);
    }
}
