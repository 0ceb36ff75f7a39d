package dev.bellhop.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.testing.SharedStack;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** What tests of events say and see: orders over HTTP, events as the ingress publishes them. */
final class Story {

    static final Duration SOON = Duration.ofSeconds(20);

    private Story() {}

    /** What costs 999 US cents. */
    static void sellsTheArticle() {
        operator()
                .body("{\"productId\":\"article\",\"name\":\"Article\",\"amount\":999,\"currency\":\"USD\"}")
                .put("/products/article");
    }

    static JsonPath event(String event) {
        return operator().get("/webhook-events/" + event).jsonPath();
    }

    static void awaitReason(String event, String reason) {
        await().atMost(SOON).untilAsserted(() -> assertThat(event(event).getString("event.reason"))
                .isEqualTo(reason));
    }

    static void awaitOutcome(String event, String outcome) {
        await().atMost(SOON).untilAsserted(() -> assertThat(event(event).getString("event.status"))
                .isEqualTo(outcome));
    }

    static String id() {
        return "t-" + UUID.randomUUID();
    }

    static String placed() {
        String order = id();
        place(order);
        return order;
    }

    static void place(String order) {
        client().body("{\"orderId\":\"" + order + "\",\"customerId\":\"c-1\",\"currency\":\"USD\","
                        + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders")
                .then()
                .statusCode(201);
    }

    static RequestSpecification client() {
        return given().header("Authorization", "Bearer " + ScriptedProvider.CLIENT)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json");
    }

    static RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + ScriptedProvider.OPERATOR)
                .contentType("application/json");
    }

    static @Nullable String status(String order) {
        return client().get("/orders/" + order + "/status").jsonPath().getString("status");
    }

    static void awaitStatus(String order, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(status(order)).isEqualTo(status));
    }

    static List<String> history(String order) {
        return client().get("/orders/" + order + "/history").jsonPath().getList("data.to");
    }

    static List<String> causes(String order) {
        return client().get("/orders/" + order + "/history").jsonPath().getList("data.cause");
    }

    static String captured(String order, String payment, long amount) {
        return "{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":" + amount
                + ",\"status\":\"Paid\",\"currency\":\"USD\",\"paymentId\":\"" + payment + "\"}";
    }

    static Response resolve(String order, String action) {
        return operator()
                .body("{\"action\":\"" + action + "\",\"reason\":\"the customer called\"}")
                .post("/orders/" + order + "/review/resolve");
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static void send(String event, String body) {
        send(event, bytes(body), body.replaceFirst(".*\"orderId\":\"([^\"]*)\".*", "$1"));
    }

    static void send(String event, String body, String key) {
        send(event, bytes(body), key);
    }

    static void send(String event, byte @Nullable [] body, String key) {
        send(record(event, body, key));
    }

    /** It was received long before it reached us. */
    static void sendLongAgo(String event, String body, String key) {
        ProducerRecord<String, byte[]> record = record(event, bytes(body), key);
        record.headers()
                .add(
                        EventHeaders.RECEIVED_AT,
                        bytes(Instant.now().minus(Duration.ofHours(1)).toString()));
        send(record);
    }

    static ProducerRecord<String, byte[]> record(String event, byte @Nullable [] body, String key) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PAYMENTS, key, body);
        record.headers().add(EventHeaders.CE_ID, bytes(event)).add(EventHeaders.CE_SOURCE, bytes("payments"));
        return record;
    }

    static void send(ProducerRecord<String, byte[]> record) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of(
                        "bootstrap.servers",
                        SharedStack.get().bootstrapServers(),
                        "acks",
                        "all",
                        "max.request.size",
                        Integer.MAX_VALUE),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Reasons by event id, of dead letters whose event id begins so. */
    static Map<String, String> deadLetters(String prefix, int expected) {
        Map<String, String> found = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", SharedStack.get().bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.PAYMENTS_DEAD_LETTERS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(SOON).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String event = header(record, EventHeaders.CE_ID);
                    if (event.startsWith(prefix)) {
                        assertThat(header(record, EventHeaders.ORIGIN)).matches("webhooks\\.payments-\\d+@\\d+");
                        found.put(event, header(record, EventHeaders.REASON));
                    }
                }
                return found.size() >= expected;
            });
        }
        return found;
    }

    /** Of what is told on {@code orders.events} from now on. */
    static KafkaConsumer<String, byte[]> changes() {
        KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", SharedStack.get().bootstrapServers(), "group.id", id()),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        var partitions = consumer.partitionsFor(Topics.ORDERS).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }

    /** Empty where there is none: others leave letters without. */
    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }
}
