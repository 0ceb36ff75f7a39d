package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.gateway.app.MerchantEndpoint;
import dev.bellhop.gateway.app.MerchantEndpoint.Reply;
import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class MerchantEndpointIT {

    @Inject
    MerchantEndpoint merchant;

    /** As one that is too large for the memory: whatever is thrown would end all deliveries, not this one alone. */
    @Test
    void a_webhook_that_cannot_be_made_is_a_failed_attempt() {
        // Given
        Instant now = Instant.now();
        Endpoint endpoint = new Endpoint(
                "we_1",
                "alice",
                URI.create("http://127.0.0.1:1/"),
                SignatureStyle.STANDARD_WEBHOOKS,
                List.of(new SigningSecret("whsec_no base64", null)),
                Set.of(),
                null,
                0,
                null,
                null,
                null,
                now);
        Delivery delivery =
                new Delivery(1, "evt_1", EventType.PAYMENT_SUCCESS, endpoint, 1, new byte[0], null, List.of());

        // When
        Reply reply = merchant.send(delivery, now).await().atMost(Duration.ofSeconds(10));

        // Then
        assertThat(reply.status()).isNull();
        assertThat(reply.error()).startsWith("Illegal base64 character");
    }
}
