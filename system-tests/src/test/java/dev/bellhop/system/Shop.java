package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

/** What a client and a customer do, over HTTP, as verbs. */
final class Shop {

    private static final Duration LIMIT = Duration.ofSeconds(30);

    private final URI orders;
    private final URI gateway;
    private final String apiKey;
    private final String gatewayKey;

    Shop(Suite suite) {
        this(suite, suite.url(Service.ORDER_SERVICE));
    }

    /** At another instance than the suite's own. */
    Shop(Suite suite, URI orders) {
        this.orders = orders;
        this.gateway = suite.url(Service.PAYMENT_GATEWAY);
        this.apiKey = suite.apiKey();
        this.gatewayKey = suite.gatewayKey();
    }

    /** One article for 999. */
    String placesAnOrder() {
        return places("order-" + UUID.randomUUID());
    }

    String places(String orderId) {
        String order = "{\"orderId\":\"" + orderId + "\",\"customerId\":\"customer-1\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
        assertThat(call("POST", orders.resolve("/orders"), apiKey, order).status())
                .isEqualTo(201);
        return orderId;
    }

    String asksForAPayment(String orderId) {
        Http.Answer payment = call("POST", orders.resolve("/orders/" + orderId + "/payment"), apiKey, "");
        assertThat(payment.status()).isEqualTo(201);
        return payment.json().path("paymentId").asText();
    }

    void customerPays(String paymentId) {
        Http.Answer payment = call("POST", gateway.resolve("/payments/" + paymentId + "/confirm"), gatewayKey, "");
        assertThat(payment.status()).isEqualTo(200);
    }

    /** The provider's word for where it stands. */
    String statusOfPayment(String paymentId) {
        return call("GET", gateway.resolve("/payments/" + paymentId), gatewayKey, "")
                .json()
                .path("status")
                .asText();
    }

    /** Whether the provider takes money for it, which it does not for one that was closed. */
    boolean canStillBePaid(String paymentId) {
        return call("POST", gateway.resolve("/payments/" + paymentId + "/confirm"), gatewayKey, "")
                        .status()
                == 200;
    }

    void cancels(String orderId) {
        assertThat(call("POST", orders.resolve("/orders/" + orderId + "/cancel"), apiKey, "")
                        .status())
                .isEqualTo(200);
    }

    void removes(String orderId) {
        URI order = orders.resolve("/orders/" + orderId);
        Map<String, String> headers = Map.of("Authorization", "Bearer " + apiKey, "If-Match", "*");
        try {
            assertThat(Http.send("DELETE", order, headers, new byte[0]).status())
                    .isEqualTo(204);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void ships(String orderId) {
        assertThat(call("POST", orders.resolve("/orders/" + orderId + "/ship"), apiKey, "")
                        .status())
                .isEqualTo(200);
    }

    /** The whole body of the status resource. */
    String statusOf(String orderId) {
        return call("GET", orders.resolve("/orders/" + orderId + "/status"), apiKey, "")
                .body();
    }

    void sees(String orderId, String status) {
        String expected = "{\"orderId\":\"" + orderId + "\",\"status\":\"" + status + "\"}";
        eventually(() -> statusOf(orderId).equals(expected));
    }

    /** Every status that the order came to, in order. */
    List<String> historyOf(String orderId) {
        List<String> statuses = new ArrayList<>();
        call("GET", orders.resolve("/orders/" + orderId + "/history"), apiKey, "")
                .json()
                .path("data")
                .forEach(change -> statuses.add(change.path("to").asText()));
        return statuses;
    }

    static void eventually(Callable<Boolean> condition) {
        eventually(LIMIT, condition);
    }

    static void eventually(Duration limit, Callable<Boolean> condition) {
        await().atMost(limit).pollInterval(Duration.ofMillis(50)).until(condition);
    }

    private static Http.Answer call(String method, URI uri, String key, String json) {
        try {
            return Http.call(method, uri, key, json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
