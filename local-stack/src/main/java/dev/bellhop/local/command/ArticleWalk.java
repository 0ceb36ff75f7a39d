package dev.bellhop.local.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.local.Consumed;
import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The article, step by step: ask by API, be told by webhook; then the two things that go wrong with webhooks. */
final class ArticleWalk {

    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final String ORDER = "12345";
    private static final String UNPAID = "12346";

    private final URI orders;
    private final URI gateway;
    private final URI ingress;
    private final String apiKey;
    private final String gatewayKey;
    private final String bootstrapServers;
    private final WebhookTap tap;
    private final PrintWriter out;

    ArticleWalk(Suite suite, WebhookTap tap, PrintWriter out) {
        this.orders = suite.url(Service.ORDER_SERVICE);
        this.gateway = suite.url(Service.PAYMENT_GATEWAY);
        this.ingress = suite.url(Service.WEBHOOK_INGRESS);
        this.apiKey = suite.apiKey();
        this.gatewayKey = suite.gatewayKey();
        this.bootstrapServers = suite.stack().bootstrapServers();
        this.tap = tap;
        this.out = out;
    }

    void run() throws IOException, InterruptedException, StepFailure {
        chapter("An API: you ask, and you get an answer");
        place(ORDER);
        status(ORDER, "Pending");

        chapter("The customer pays at the payment provider");
        pay();

        chapter("A webhook: you are told, without asking");
        WebhookTap.Webhook webhook = webhook();
        awaitStatus(ORDER, "Paid");

        chapter("The next step: the order is shipped");
        ship();
        status(ORDER, "Shipped");

        chapter("A forged webhook: it has no valid signature");
        place(UNPAID);
        forge();
        status(UNPAID, "Pending");

        chapter("A duplicate: the same webhook once more, byte for byte");
        repeat(webhook);
        status(ORDER, "Shipped");
        out.flush();
    }

    private void place(String orderId) throws IOException, StepFailure {
        String order = "{\"orderId\":\"" + orderId + "\",\"customerId\":\"customer-1\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
        Http.Answer answer = tell("POST", orders.resolve("/orders"), apiKey, order);
        expect(answer.status() == 201, "the order is created (201)");
        expect(answer.json().path("amount").asLong() == 999, "its total is 999");
    }

    private void pay() throws IOException, StepFailure {
        Http.Answer payment = tell("POST", orders.resolve("/orders/" + ORDER + "/payment"), apiKey, "");
        expect(payment.status() == 201, "the provider made a payment (201)");
        String paymentId = payment.json().path("paymentId").asText();
        Http.Answer confirmed = tell("POST", gateway.resolve("/payments/" + paymentId + "/confirm"), gatewayKey, "");
        expect(confirmed.status() == 200, "the provider took the money (200)");
    }

    private WebhookTap.Webhook webhook() throws InterruptedException, StepFailure {
        WebhookTap.Webhook webhook = tap.next(LIMIT).orElseThrow(() -> new StepFailure("no webhook came"));
        out.println("  As it was sent by the provider:\n");
        webhook.head().lines().forEach(line -> out.println("    " + line));
        out.println("\n    " + webhook.body() + "\n");
        JsonNode event = Http.json(webhook.body());
        expect(event.path("event").asText().equals("payment_success"), "it says payment_success");
        expect(event.path("orderId").asText().equals(ORDER), "of order " + ORDER);
        expect(event.path("amount").asLong() == 999, "about 999");
        expect(event.path("status").asText().equals("Paid"), "which is Paid");
        return webhook;
    }

    private void ship() throws IOException, StepFailure {
        Http.Answer answer = tell("POST", orders.resolve("/orders/" + ORDER + "/ship"), apiKey, "");
        expect(answer.status() == 200, "it is shipped (200)");
    }

    private void forge() throws IOException, StepFailure {
        String body =
                "{\"event\":\"payment_success\",\"orderId\":\"" + UNPAID + "\",\"amount\":999,\"status\":\"Paid\"}";
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", "application/json");
        headers.put("webhook-id", "evt_forged");
        headers.put("webhook-timestamp", String.valueOf(Instant.now().getEpochSecond()));
        headers.put("webhook-signature", "v1," + Base64.getEncoder().encodeToString(new byte[32]));
        Http.Answer answer = deliver(headers, body);
        expect(answer.status() == 401, "it is refused (401)");
    }

    private void repeat(WebhookTap.Webhook webhook) throws IOException, InterruptedException, StepFailure {
        Map<String, String> headers = new LinkedHashMap<>(webhook.headers());
        headers.keySet().removeIf(name -> !name.startsWith("webhook-") && !name.equals("content-type"));
        Http.Answer answer = deliver(headers, webhook.body());
        expect(answer.status() == 202, "it is accepted, for its sender must not try again (202)");
        expect(Consumed.within(LIMIT, bootstrapServers), "order-service has seen it");
        Http.Answer history = tell("GET", orders.resolve("/orders/" + ORDER + "/history"), apiKey, "");
        int paid = 0;
        for (JsonNode change : history.json().path("data")) {
            paid += change.path("to").asText().equals("Paid") ? 1 : 0;
        }
        expect(paid == 1, "and counted once: the history has one change to Paid");
    }

    private Http.Answer deliver(Map<String, String> headers, String body) throws IOException {
        out.println("  POST " + ingress.resolve("/webhooks/payments").getPath());
        headers.forEach((name, value) -> out.println("    " + name + ": " + value));
        out.println("    " + body);
        Http.Answer answer = Http.send(
                "POST", ingress.resolve("/webhooks/payments"), headers, body.getBytes(StandardCharsets.UTF_8));
        show(answer);
        return answer;
    }

    private void status(String orderId, String status) throws IOException, StepFailure {
        Http.Answer answer = tell("GET", statusOf(orderId), apiKey, "");
        String expected = "{\"orderId\":\"" + orderId + "\",\"status\":\"" + status + "\"}";
        expect(answer.status() == 200 && answer.body().equals(expected), "it is " + status);
    }

    private void awaitStatus(String orderId, String status) throws IOException, InterruptedException, StepFailure {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (System.nanoTime() < deadline
                && !Http.call("GET", statusOf(orderId), apiKey, "")
                        .json()
                        .path("status")
                        .asText()
                        .equals(status)) {
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        status(orderId, status);
    }

    private URI statusOf(String orderId) {
        return orders.resolve("/orders/" + orderId + "/status");
    }

    private Http.Answer tell(String method, URI uri, String key, String json) throws IOException {
        out.println("  " + method + " " + uri.getPath() + (json.isEmpty() ? "" : "   " + json));
        Http.Answer answer = Http.call(method, uri, key, json);
        show(answer);
        return answer;
    }

    private void show(Http.Answer answer) {
        out.println("    " + answer.status() + "   " + answer.body());
        out.flush();
    }

    private void chapter(String title) {
        out.println("\n" + title + "\n");
        out.flush();
    }

    private void expect(boolean truth, String what) throws StepFailure {
        if (!truth) {
            throw new StepFailure("it is not so that " + what);
        }
        out.println("    ✓ " + what);
    }
}
