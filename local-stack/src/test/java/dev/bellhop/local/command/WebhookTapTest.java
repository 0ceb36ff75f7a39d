package dev.bellhop.local.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.bellhop.local.Http;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;

class WebhookTapTest {

    @Test
    void a_webhook_goes_through_unchanged_and_is_shown_as_it_was() throws Exception {
        // Given
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        HttpServer ingress = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
        ingress.createContext("/webhooks/payments", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            exchange.sendResponseHeaders(202, -1);
            exchange.close();
        });
        ingress.start();
        String body = "{\"event\":\"payment_success\",\"note\":\"né 😀\"}";
        try (WebhookTap tap = WebhookTap.before(ingress.getAddress().getPort())) {
            // When
            Http.Answer answer = Http.send(
                    "POST",
                    URI.create("http://127.0.0.1:" + tap.port() + "/webhooks/payments"),
                    Map.of("webhook-id", "evt_1"),
                    body.getBytes(StandardCharsets.UTF_8));

            // Then
            assertThat(answer.status()).isEqualTo(202);
            assertThat(received).containsExactly(body);
            WebhookTap.Webhook webhook = tap.next(Duration.ofSeconds(5)).orElseThrow();
            assertThat(webhook.head()).startsWith("POST /webhooks/payments HTTP/1.1");
            assertThat(webhook.headers()).containsEntry("webhook-id", "evt_1");
            assertThat(webhook.body()).isEqualTo(body);
        } finally {
            ingress.stop(0);
        }
    }
}
