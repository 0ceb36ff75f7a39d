package dev.bellhop.prove;

import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** The calls of a shop's client and of a customer. An answer that never came is status 0: whoever asks may ask again. */
final class Api {

    private final Suite suite;

    Api(Suite suite) {
        this.suite = suite;
    }

    Http.Answer place(String orderId, String product) {
        String order = "{\"orderId\":\"" + orderId + "\",\"customerId\":\"customer-1\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"" + product + "\",\"quantity\":1}]}";
        return shop("POST", "/orders", orderId, order);
    }

    /** A client's call to order-service. */
    Http.Answer shop(String method, String path, String idempotencyKey, String json) {
        return call(method, suite.url(Service.ORDER_SERVICE).resolve(path), suite.apiKey(), idempotencyKey, json);
    }

    Http.Answer read(String path) {
        return shop("GET", path, "", "");
    }

    /** An operator's call to order-service. */
    Http.Answer operate(String method, String path, String json) {
        return call(method, suite.url(Service.ORDER_SERVICE).resolve(path), suite.operatorKey(), "", json);
    }

    Http.Answer readAs(String key, String path) {
        return call("GET", suite.url(Service.ORDER_SERVICE).resolve(path), key, "", "");
    }

    /** A call to the provider. */
    Http.Answer provider(String method, String path, String idempotencyKey, String json) {
        return call(method, suite.url(Service.PAYMENT_GATEWAY).resolve(path), suite.gatewayKey(), idempotencyKey, json);
    }

    private static Http.Answer call(String method, URI uri, String key, String idempotencyKey, String json) {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + key);
        if (!idempotencyKey.isEmpty()) {
            headers.put("Idempotency-Key", idempotencyKey);
        }
        if (!json.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        return send(method, uri, headers, json.getBytes(StandardCharsets.UTF_8));
    }

    static Http.Answer send(String method, URI uri, Map<String, String> headers, byte[] body) {
        try {
            return Http.send(method, uri, headers, body);
        } catch (IOException e) {
            return new Http.Answer(0, String.valueOf(e.getMessage()), NO_HEADERS);
        }
    }

    private static final HttpHeaders NO_HEADERS = HttpHeaders.of(Map.of(), (name, value) -> true);
}
