package dev.bellhop.order.api;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/** The verbs of the stories. */
public final class Shop {

    private Shop() {}

    public static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    public static RequestSpecification json(String key, String body) {
        return as(key).contentType("application/json").body(body);
    }

    /** A new word that is a valid id. */
    public static String id(String prefix) {
        return prefix + "-" + UUID.randomUUID().toString().substring(0, 13);
    }

    /** What costs 999 US cents. */
    static String product() {
        return product("article", 999);
    }

    static String product(String productId, long amount) {
        json(TestKeys.OPERATOR, "{\"name\":\"The article's order\",\"amount\":" + amount + ",\"currency\":\"USD\"}")
                .put("/products/" + productId)
                .then()
                .statusCode(org.hamcrest.Matchers.oneOf(200, 201));
        return productId;
    }

    static String order(String orderId, int quantity) {
        return "{\"orderId\":\"" + orderId + "\",\"customerId\":\"customer-1\",\"currency\":\"USD\","
                + "\"items\":[{\"productId\":\"article\",\"quantity\":" + quantity + "}]}";
    }

    /** The id of a new order of Alice's, for 999. */
    public static String placed() {
        product();
        String id = id("o");
        json(TestKeys.ALICE, order(id, 1)).post("/orders").then().statusCode(201);
        return id;
    }

    /** The id of a new order of Alice's that was paid. */
    public static String paid() {
        String id = placed();
        as(TestKeys.ALICE).post("/orders/" + id + "/payment").then().statusCode(201);
        happens(id, "payment_success", 999, "pay-of-" + id, null);
        awaitStatus(id, "Paid");
        return id;
    }

    /** A verified webhook arrives, as the ingress would publish it. */
    public static void happens(String orderId, String type, long amount, String paymentId, @Nullable String refundId) {
        String eventId = "evt_" + UUID.randomUUID();
        String refund = refundId == null ? "" : ",\"refundId\":\"" + refundId + "\"";
        String body = "{\"event\":\"" + type + "\",\"orderId\":\"" + orderId + "\",\"amount\":" + amount
                + ",\"status\":\"x\",\"currency\":\"USD\",\"eventId\":\"" + eventId + "\",\"paymentId\":\"" + paymentId
                + "\"" + refund + ",\"occurredAt\":\"2026-01-01T00:00:00Z\"}";
        arrives(
                orderId,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of(
                        EventHeaders.CE_SPEC_VERSION, "1.0",
                        EventHeaders.CE_ID, eventId,
                        EventHeaders.CE_SOURCE, "payments",
                        EventHeaders.CE_TYPE, type,
                        EventHeaders.CE_TIME, "2026-01-01T00:00:00Z",
                        EventHeaders.CONTENT_TYPE, "application/json"));
    }

    /** Some bytes arrive on the topic of payments. */
    public static void arrives(String key, byte[] body, Map<String, String> headers) {
        sent(Topics.PAYMENTS, key, body, headers);
    }

    /** Some bytes arrive on a topic. */
    public static void sent(String topic, String key, byte[] body, Map<String, String> headers) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", SharedStack.get().bootstrapServers());
        settings.put("acks", "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic, key, body);
            headers.forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            var unused = producer.send(record);
            producer.flush();
        }
    }

    /** Some values of one key arrive on a topic in one batch. */
    static void sentAtOnce(String topic, String key, @Nullable String... values) {
        Properties settings = new Properties();
        settings.put("bootstrap.servers", SharedStack.get().bootstrapServers());
        settings.put("acks", "all");
        settings.put("linger.ms", 1_000);
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            for (String value : values) {
                var unused = producer.send(new ProducerRecord<>(topic, key, value));
            }
            producer.flush();
        }
    }

    public static void awaitStatus(String orderId, String status) {
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(as(TestKeys.OPERATOR)
                        .get("/orders/" + orderId + "/status")
                        .<String>path("status"))
                .isEqualTo(status));
    }

    static String etag(String orderId) {
        return as(TestKeys.ALICE).get("/orders/" + orderId).header("ETag");
    }

    /** The answer is this problem, and says nothing of our insides. */
    static void problem(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("code")).isEqualTo(code);
        assertThat(response.<Integer>path("status")).isEqualTo(status);
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.<String>path("detail")).isNotBlank();
        assertThat(response.header("X-Request-Id")).isNotBlank();
        assertThat(response.asString()).doesNotContain("dev.bellhop").doesNotContain("Exception");
    }
}
