package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.contract.Topics;
import dev.bellhop.ingress.app.InFlight;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.SharedStack;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class PaymentsWebhookIT {

    private static final String PATH = "/webhooks/payments";
    private static final String BODY =
            "{\"event\":\"payment_success\",\"orderId\":\"12345\",\"amount\":999,\"status\":\"Paid\"}";

    @Inject
    InFlight inFlight;

    @Inject
    MeterRegistry meters;

    @TestHTTPResource("/")
    URI root;

    private Sender sender;
    private Topic topic;
    private final String id = "evt_" + UUID.randomUUID();

    @BeforeEach
    void listen() {
        sender = new Sender(root);
        topic = Topic.fromNow(Topics.PAYMENTS);
    }

    @AfterEach
    void close() {
        topic.close();
    }

    @Test
    void an_accepted_webhook_is_on_the_topic_byte_by_byte_as_a_cloud_event() throws Exception {
        // Given
        String body =
                "{\r\n \"event\":\"payment_success\",\"orderId\":\"9\",\"orderId\":\"12345\",\"note\":\"café 😊\","
                        + "\"occurredAt\":\"2026-01-02T03:04:05Z\"}\n";
        Map<String, String> headers = signed(id, Instant.now(), body);
        headers.put("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        headers.put("tracestate", "vendor=1");
        // When
        HttpResponse<String> answer = sender.post(PATH, headers, body);
        // Then
        assertThat(answer.statusCode()).isEqualTo(202);
        ConsumerRecord<String, byte[]> record = single(topic.until(id));
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        assertThat(record.value()).isEqualTo(bytes);
        assertThat(record.key()).isEqualTo("12345");
        assertThat(header(record, "ce_specversion")).isEqualTo("1.0");
        assertThat(header(record, "ce_source")).isEqualTo("payments");
        assertThat(header(record, "ce_type")).isEqualTo("payment_success");
        assertThat(header(record, "ce_time")).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(header(record, "ce_partitionkey")).isEqualTo("12345");
        assertThat(header(record, "content-type")).isEqualTo("application/json");
        assertThat(header(record, "traceparent")).isEqualTo("00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        assertThat(header(record, "tracestate")).isEqualTo("vendor=1");
        assertThat(header(record, "bellhop_scheme")).isEqualTo("standard-webhooks");
        assertThat(header(record, "bellhop_keyid"))
                .isEqualTo(sha256(TestSources.PAYMENTS_SECRET).substring(0, 8));
        assertThat(header(record, "bellhop_sha256")).isEqualTo(sha256(body));
        assertThat(Instant.parse(header(record, "bellhop_receivedat")))
                .isBetween(Instant.now().minusSeconds(30), Instant.now());
    }

    @Test
    void the_articles_payload_is_enough_and_gets_a_trace_of_its_own() {
        HttpResponse<String> answer = sender.post(PATH, signed(id, Instant.now(), BODY), BODY);

        assertThat(answer.statusCode()).isEqualTo(202);
        ConsumerRecord<String, byte[]> record = single(topic.until(id));
        assertThat(record.key()).isEqualTo("12345");
        assertThat(header(record, "ce_time")).isEqualTo(header(record, "bellhop_receivedat"));
        assertThat(header(record, "traceparent")).matches("00-[0-9a-f]{32}-[0-9a-f]{16}-01");
    }

    @Test
    void each_part_of_a_delivery_is_timed() {
        long verified = timed(IngressMetrics.VERIFY_TIME);
        long acknowledged = timed(IngressMetrics.ACKNOWLEDGE_TIME);
        long answered = timed(IngressMetrics.RECEIPT_TIME);

        sender.post(PATH, signed(id, Instant.now(), BODY), BODY);
        sender.post(PATH, signed(id, Instant.now(), BODY), BODY + " ");

        assertThat(timed(IngressMetrics.VERIFY_TIME)).isEqualTo(verified + 2);
        assertThat(timed(IngressMetrics.ACKNOWLEDGE_TIME)).isEqualTo(acknowledged + 1);
        assertThat(timed(IngressMetrics.RECEIPT_TIME)).isEqualTo(answered + 1);
        assertThat(meters.get(IngressMetrics.IN_FLIGHT).gauge().value()).isZero();
        assertThat(meters.get(IngressMetrics.IN_FLIGHT_BYTES).gauge().value()).isZero();
    }

    private long timed(String timer) {
        return meters.get(timer).tag("source", "payments").timer().count();
    }

    @Test
    void the_former_secret_still_counts_while_it_is_valid() {
        Map<String, String> headers = signed(TestSources.PAYMENTS_FORMER_SECRET, id, Instant.now(), BODY);

        assertThat(sender.post(PATH, headers, BODY).statusCode()).isEqualTo(202);
        assertThat(header(single(topic.until(id)), "bellhop_keyid"))
                .isEqualTo(sha256(TestSources.PAYMENTS_FORMER_SECRET).substring(0, 8));
    }

    @Test
    void what_is_refused_never_reaches_the_topic() {
        // Given
        Map<String, String> good = signed(id, Instant.now(), BODY);
        String cut = BODY.substring(0, BODY.length() - 7);
        String large = "{\"orderId\":\"" + "x".repeat(17_000) + "\"}";
        // When
        List<HttpResponse<String>> unauthentic = List.of(
                sender.post(
                        PATH,
                        with(
                                good,
                                "webhook-signature",
                                signed("whsec_" + "A".repeat(32), id, Instant.now(), BODY)
                                        .get("webhook-signature")),
                        BODY),
                sender.post(PATH, with(good, "webhook-signature", null), BODY),
                sender.post(PATH, with(good, "webhook-signature", "v1,!"), BODY),
                sender.post(PATH, with(good, "webhook-id", null), BODY),
                sender.post(PATH, signed(id, Instant.now().minusSeconds(301), BODY), BODY),
                sender.post(PATH, signed(id, Instant.now().plusSeconds(302), BODY), BODY),
                sender.post(PATH, good, BODY.replace("999", "998")),
                sender.post(PATH, good, cut),
                sender.post(PATH, good, ""));
        HttpResponse<String> malformed = sender.post(PATH, signed(id, Instant.now(), cut), cut);
        HttpResponse<String> unknown = sender.post("/webhooks/nobody", good, BODY);
        HttpResponse<String> above = sender.post("/webhooks", good, BODY);
        HttpResponse<String> nested = sender.post(PATH + "/", good, BODY);
        HttpResponse<String> elsewhere = sender.post("/elsewhere", good, BODY);
        HttpResponse<String> read = sender.send("GET", PATH, Map.of(), BodyPublishers.noBody());
        HttpResponse<String> text = sender.post(PATH, with(good, "Content-Type", "text/plain"), BODY);
        HttpResponse<String> zipped = sender.post(PATH, with(good, "Content-Encoding", "gzip"), BODY);
        HttpResponse<String> declared = sender.post(PATH, signed(id, Instant.now(), large), large);
        HttpResponse<String> chunked = sender.send("POST", PATH, signed(id, Instant.now(), large), chunks(large));
        String last = "evt_" + UUID.randomUUID();
        HttpResponse<String> accepted = sender.send("POST", PATH, signed(last, Instant.now(), BODY), chunks(BODY));
        // Then
        assertThat(unauthentic).allSatisfy(answer -> assertProblem(answer, 401, "not_authentic"));
        assertThat(unauthentic)
                .extracting(HttpResponse::body)
                .containsOnly(unauthentic.get(0).body());
        assertProblem(malformed, 400, "malformed_body");
        assertProblem(unknown, 404, "source_unknown");
        assertProblem(above, 404, "source_unknown");
        assertProblem(nested, 404, "source_unknown");
        assertProblem(elsewhere, 404, "not_found");
        assertProblem(read, 405, "method_not_allowed");
        assertThat(read.headers().firstValue("Allow")).contains("POST");
        assertProblem(text, 415, "unsupported_media_type");
        assertProblem(zipped, 415, "unsupported_media_type");
        assertProblem(declared, 413, "body_too_large");
        assertProblem(chunked, 413, "body_too_large");
        assertThat(accepted.statusCode()).isEqualTo(202);
        assertThat(header(single(topic.until(last)), "ce_id")).isEqualTo(last);
    }

    @Test
    void a_post_without_a_length_is_refused() throws IOException {
        assertThat(raw("POST /webhooks/payments HTTP/1.1\r\nHost: x\r\n\r\n")).startsWith("HTTP/1.1 411 ");
    }

    @Test
    void a_sender_who_does_not_finish_is_cut_off() throws IOException {
        assertThat(raw("POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{\"event\":"))
                .startsWith("HTTP/1.1 408 ");
    }

    @Test
    void a_sender_who_leaves_in_the_middle_leaves_nothing_behind() throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.getOutputStream()
                    .write("POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> inFlight.deliveries() == 1 && inFlight.bytes() == 100);
        }
        Awaitility.await()
                .atMost(Duration.ofMillis(900))
                .until(() -> inFlight.deliveries() == 0 && inFlight.bytes() == 0);
    }

    @Test
    void what_was_announced_and_does_not_come_takes_next_to_no_room() throws IOException {
        try (Socket declared = new Socket(root.getHost(), root.getPort());
                Socket chunked = new Socket(root.getHost(), root.getPort())) {
            declared.getOutputStream()
                    .write("POST /webhooks/large HTTP/1.1\r\nHost: x\r\nContent-Length: 1000000\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            chunked.getOutputStream()
                    .write("POST /webhooks/large HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            Awaitility.await().until(() -> inFlight.deliveries() == 2);
            assertThat(inFlight.bytes()).isEqualTo(2 * 16 * 1024);
        }

        Awaitility.await()
                .atMost(Duration.ofMillis(900))
                .until(() -> inFlight.deliveries() == 0 && inFlight.bytes() == 0);
    }

    @Test
    void what_the_broker_will_never_take_is_too_large() {
        Topic.limit("webhooks.large", 100_000);
        String body = "{\"note\":\"" + "x".repeat(200_000) + "\"}";

        assertProblem(sender.post("/webhooks/large", signed(id, Instant.now(), body), body), 413, "body_too_large");
    }

    @Test
    void a_request_id_that_is_fit_is_repeated_and_another_one_replaced() {
        HttpResponse<String> fit = sender.post(PATH, Map.of("X-Request-Id", "abc-1"), BODY);
        HttpResponse<String> unfit = sender.post(PATH, Map.of("X-Request-Id", "x".repeat(129)), BODY);

        assertThat(fit.headers().firstValue("X-Request-Id")).contains("abc-1");
        assertThat(unfit.headers().firstValue("X-Request-Id")).get().asString().matches("[0-9a-f]{32}");
    }

    @Test
    void a_frozen_broker_is_503_in_time_and_nothing_more_is_needed_when_it_thaws() {
        SharedStack.get().kafka().freeze();
        try {
            assertUnavailableInTime();
        } finally {
            SharedStack.get().kafka().thaw();
        }
        assertRecovers();
    }

    @Test
    void a_stopped_broker_is_503_in_time_and_nothing_more_is_needed_when_it_starts() {
        SharedStack.get().kafka().stop();
        try {
            assertUnavailableInTime();
        } finally {
            SharedStack.get().kafka().start();
        }
        assertRecovers();
    }

    private void assertUnavailableInTime() {
        for (int i = 0; i < 3; i++) {
            Instant begin = Instant.now();
            HttpResponse<String> answer = sender.post(PATH, signed("evt_lost" + i, Instant.now(), BODY), BODY);
            assertThat(Duration.between(begin, Instant.now())).isLessThan(Duration.ofSeconds(2));
            assertProblem(answer, 503, "unavailable");
            assertThat(answer.headers().firstValue("Retry-After")).contains("2");
        }
    }

    private void assertRecovers() {
        Supplier<Integer> again =
                () -> sender.post(PATH, signed(id, Instant.now(), BODY), BODY).statusCode();
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> again.get() == 202);
        assertThat(topic.until(id)).isNotEmpty();
    }

    private String raw(String request) throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            socket.setSoTimeout(5000);
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readNBytes(15), StandardCharsets.US_ASCII);
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
        assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(status);
    }

    private static java.net.http.HttpRequest.BodyPublisher chunks(String body) {
        return BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
    }

    private static Map<String, String> with(Map<String, String> headers, String name, String value) {
        Map<String, String> changed = new HashMap<>(headers);
        if (value == null) {
            changed.remove(name);
        } else {
            changed.put(name, value);
        }
        return changed;
    }

    private static <T> T single(List<T> all) {
        assertThat(all).hasSize(1);
        return all.get(0);
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
