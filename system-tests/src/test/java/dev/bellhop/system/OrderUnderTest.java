package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.system.OrderModel.Act;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One order of a running suite, and everything that can be done to it. */
final class OrderUnderTest {

    private static final String ITEMS = "\"items\":[{\"productId\":\"article\",\"quantity\":1}]";

    private final Suite suite;
    private final Provider provider;
    private final String orderId;

    private OrderUnderTest(Suite suite, String orderId) {
        this.suite = suite;
        this.provider = Provider.of(suite);
        this.orderId = orderId;
    }

    static OrderUnderTest placed(Suite suite) {
        return new OrderUnderTest(suite, new Shop(suite).placesAnOrder());
    }

    /** Whether it was done; refused if not. {@code etag}: of the version that is meant, for acts that say it. */
    boolean does(Act act, String etag) {
        return switch (act) {
            case REVISE -> isDone(call("PATCH", "", etag, "{" + ITEMS + "}"));
            case REMOVE -> isDone(call("DELETE", "", etag, ""));
            case CANCEL -> isDone(call("POST", "/cancel", "", ""));
            case SHIP -> isDone(call("POST", "/ship", "", ""));
            case DELIVER -> isDone(call("POST", "/deliver", "", ""));
            case SUCCEEDS -> told("payment_success", "Paid", "");
            case FAILS -> told("payment_failed", "Failed", "");
            case GOES_BACK -> told("refund_success", "Refunded", ",\"refundId\":\"ref_" + orderId + "\"");
        };
    }

    /** Tells it, and waits until order-service has heard it. */
    private boolean told(String event, String status, String more) {
        String eventId = Provider.newEventId();
        String body = "{\"event\":\"" + event + "\",\"orderId\":\"" + orderId + "\",\"amount\":999,\"status\":\""
                + status
                + "\",\"currency\":\"USD\",\"eventId\":\"" + eventId + "\",\"paymentId\":\"pay_" + orderId + "\"" + more
                + "}";
        assertThat(provider.tells(eventId, body).status()).isEqualTo(202);
        Shop.eventually(() -> isInTheInbox(eventId));
        return true;
    }

    private boolean isInTheInbox(String eventId) throws IOException {
        URI uri = suite.url(Service.ORDER_SERVICE).resolve("/webhook-events/" + eventId);
        return Http.call("GET", uri, suite.operatorKey(), "").status() == 200;
    }

    /** Empty if there is no such order. */
    String status() {
        Http.Answer answer = call("GET", "/status", "", "");
        return answer.status() == 404 ? "" : answer.json().path("status").asText();
    }

    String etag() {
        return call("GET", "", "", "").headers().firstValue("ETag").orElse("");
    }

    /** Each status it came to, in order. */
    List<String> statuses() {
        List<String> statuses = new ArrayList<>();
        call("GET", "/history", "", "").json().path("data").forEach(change -> {
            String to = change.path("to").asText();
            if (statuses.isEmpty() || !statuses.get(statuses.size() - 1).equals(to)) {
                statuses.add(to);
            }
        });
        return statuses;
    }

    private static boolean isDone(Http.Answer answer) {
        assertThat(answer.status()).as(answer.body()).isIn(200, 204, 404, 409, 412, 428);
        return answer.status() < 300;
    }

    private Http.Answer call(String method, String path, String etag, String json) {
        Map<String, String> headers = new HashMap<>(Map.of("Authorization", "Bearer " + suite.apiKey()));
        if (!etag.isEmpty()) {
            headers.put("If-Match", etag);
        }
        if (!json.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        URI uri = suite.url(Service.ORDER_SERVICE).resolve("/orders/" + orderId + path);
        try {
            return Http.send(method, uri, headers, json.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
