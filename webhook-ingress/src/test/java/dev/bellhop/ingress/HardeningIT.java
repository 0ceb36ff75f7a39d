package dev.bellhop.ingress;

import static dev.bellhop.ingress.Sender.signed;
import static dev.bellhop.ingress.Topic.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.app.InFlight;
import dev.bellhop.testing.RealKafka;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a sender may do to the server before anything is proven. */
@QuarkusTest
@QuarkusTestResource(RealKafka.class)
@QuarkusTestResource(TestSources.class)
class HardeningIT {

    private static final String BODY = "{\"event\":\"payment_success\",\"orderId\":\"12345\"}";

    @TestHTTPResource("/")
    URI root;

    @Inject
    MeterRegistry metrics;

    @Inject
    InFlight inFlight;

    private Sender sender;
    private final String id = "evt_" + UUID.randomUUID();

    @BeforeEach
    void connect() {
        sender = new Sender(root);
    }

    @Test
    void what_comes_out_of_a_compressed_body_is_checked_and_published() throws IOException {
        try (Topic topic = Topic.fromNow("webhooks.zipped")) {
            assertThat(zipped(BODY, zip(BODY.getBytes(StandardCharsets.UTF_8))).statusCode())
                    .isEqualTo(202);

            assertThat(topic.until(id)).singleElement().satisfies(record -> {
                assertThat(new String(record.value(), StandardCharsets.UTF_8)).isEqualTo(BODY);
                assertThat(header(record, "content-encoding")).isNull();
            });
        }
    }

    @Test
    void a_bomb_of_nothing_is_too_large_before_it_is_unfolded() throws IOException {
        byte[] bomb = zip(new byte[10_000_000]);

        HttpResponse<String> answer = zipped("", bomb);

        assertThat(bomb).hasSizeLessThan(16 * 1024);
        assertProblem(answer, 413, "body_too_large");
    }

    @Test
    void what_is_not_compressed_as_it_says_is_malformed() throws IOException {
        byte[] whole = zip(BODY.getBytes(StandardCharsets.UTF_8));

        assertProblem(zipped(BODY, BODY.getBytes(StandardCharsets.UTF_8)), 400, "malformed_body");
        assertProblem(zipped(BODY, Arrays.copyOf(whole, whole.length - 9)), 400, "malformed_body");
    }

    /** Four megabytes of nothing are four kilobytes, and anybody may send them. */
    @Test
    void what_comes_out_of_a_compressed_body_is_read_and_checked_on_no_event_loop() throws IOException {
        // Given
        Map<String, String> headers = signed(id, Instant.now(), "forged");
        headers.put("Content-Encoding", "gzip");
        byte[] nothing = zip(new byte[4 << 20]);
        Set<String> inflating = new TreeSet<>();
        Set<String> checking = new TreeSet<>();

        // When
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            CompletableFuture<HttpResponse<String>> answer = CompletableFuture.supplyAsync(
                    () -> sender.send("POST", "/webhooks/large", headers, BodyPublishers.ofByteArray(nothing)));
            while (!answer.isDone()) {
                inflating.addAll(threadsIn("dev.bellhop.ingress.api.Gzip"));
                checking.addAll(threadsIn("dev.bellhop.ingress.scheme.Hmac"));
            }
            assertProblem(answer.join(), 401, "not_authentic");
            return !inflating.isEmpty() && !checking.isEmpty();
        });

        // Then
        assertThat(inflating).noneMatch(name -> name.contains("eventloop"));
        assertThat(checking).noneMatch(name -> name.contains("eventloop"));
        Awaitility.await().until(() -> inFlight.deliveries() == 0 && inFlight.bytes() == 0);
    }

    private static Set<String> threadsIn(String type) {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> Arrays.stream(thread.getValue())
                        .anyMatch(frame -> frame.getClassName().equals(type)))
                .map(thread -> thread.getKey().getName())
                .collect(Collectors.toSet());
    }

    /** Each is a stream of its own of no bytes; the JDK's reader goes one call deeper for each. */
    @Test
    void a_body_of_thousands_of_empty_streams_is_malformed() throws IOException {
        byte[] nothing = zip(new byte[0]);
        ByteArrayOutputStream many = new ByteArrayOutputStream();
        while (many.size() + nothing.length <= 512 << 10) {
            many.write(nothing);
        }
        Map<String, String> headers = signed(id, Instant.now(), "");
        headers.put("Content-Encoding", "gzip");

        HttpResponse<String> answer =
                sender.send("POST", "/webhooks/large", headers, BodyPublishers.ofByteArray(many.toByteArray()));

        assertProblem(answer, 400, "malformed_body");
    }

    @Test
    void what_was_compressed_in_pieces_is_one_body() throws IOException {
        ByteArrayOutputStream pieces = new ByteArrayOutputStream();
        for (String piece : BODY.split("(?<=,)", -1)) {
            pieces.write(zip(piece.getBytes(StandardCharsets.UTF_8)));
        }

        assertThat(zipped(BODY, pieces.toByteArray()).statusCode()).isEqualTo(202);
    }

    @Test
    void a_sender_that_does_not_finish_its_headers_is_cut_off() throws IOException {
        try (Wire wire = new Wire(root)) {
            wire.write("POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(6))
                    .until(() -> wire.isCutOffAfter("x"));
            assertThat(wire.heard()).isEmpty();
        }
    }

    @Test
    void a_sender_whose_body_drips_is_told_and_cut_off() throws IOException {
        try (Wire wire = new Wire(root)) {
            wire.write("POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");

            Awaitility.await()
                    .pollInterval(Duration.ofMillis(100))
                    .atMost(Duration.ofSeconds(4))
                    .until(() -> wire.isCutOffAfter("1\r\n \r\n"));
            assertThat(wire.heard()).startsWith("HTTP/1.1 408 ").contains("\"code\":\"request_timeout\"");
        }
    }

    @Test
    void a_proof_or_a_name_that_comes_twice_is_refused() throws IOException {
        Map<String, String> headers = ProvidersIT.github(BODY, "push", id);
        String ping = headers("github", ProvidersIT.github(BODY, "ping", id), BODY.length());

        assertThat(twice("github", headers, "X-Hub-Signature-256")).startsWith("HTTP/1.1 401 ");
        assertThat(twice("github", headers, "X-GitHub-Delivery")).startsWith("HTTP/1.1 400 ");
        assertThat(twice("github", headers, "X-GitHub-Event")).startsWith("HTTP/1.1 400 ");
        assertThat(exchange(ping + "X-GitHub-Event: push\r\n\r\n" + BODY)).startsWith("HTTP/1.1 400 ");
        assertThat(twice("github", headers, "Content-Type")).startsWith("HTTP/1.1 415 ");
        assertThat(twice("github", headers, "Content-Length")).startsWith("HTTP/1.1 4");
        Map<String, String> standard = signed(id, Instant.now(), BODY);
        for (String name : standard.keySet()) {
            assertThat(twice("payments", standard, name)).startsWith("HTTP/1.1 4");
        }
    }

    @Test
    void a_target_or_headers_beyond_the_bound_are_a_problem_of_their_own() throws IOException {
        HttpResponse<String> target =
                sender.post("/webhooks/payments?x=" + "y".repeat(5000), signed(id, Instant.now(), BODY), BODY);
        Map<String, String> headers = signed(id, Instant.now(), BODY);
        headers.put("X-Large", "y".repeat(17_000));

        assertProblem(target, 414, "target_too_long");
        assertProblem(sender.post("/webhooks/payments", headers, BODY), 431, "headers_too_large");
        assertThat(exchange("POST /" + "y".repeat(20_000) + " HTTP/1.1\r\nHost: x\r\n\r\n"))
                .startsWith("HTTP/1.0 414 ");
        assertThat(exchange("POST / HTTP/1.1\r\nHost: x\r\nX: " + "y".repeat(70_000) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 431 ");
        assertThat(exchange("no request at all\r\n\r\n")).doesNotContain(" 5").doesNotContain(" 2");
    }

    @Test
    void a_request_without_a_usable_host_is_malformed() throws IOException {
        for (String head : List.of(
                "POST /webhooks/payments HTTP/1.1\r\n",
                "POST /webhooks/payments HTTP/1.1\r\nHost: a b\r\n",
                "GET /sources HTTP/1.1\r\n")) {
            assertThat(exchange(head + "Content-Type: application/json\r\nContent-Length: 0\r\n\r\n"))
                    .as(head)
                    .startsWith("HTTP/1.1 4")
                    .containsIgnoringCase("X-Request-Id: ")
                    .contains("application/problem+json");
        }
    }

    /** What is coded otherwise the server refuses itself, without a problem document. */
    @Test
    void a_request_that_could_be_taken_for_two_is_malformed() throws IOException {
        String smuggled = "GET /sources HTTP/1.1\r\nHost: x\r\n\r\n";
        for (String framing : List.of(
                "Transfer-Encoding: gzip\r\n\r\n",
                "Transfer-Encoding: identity\r\n\r\n",
                "Transfer-Encoding: xchunked\r\nContent-Length: " + smuggled.length() + "\r\n\r\n",
                "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked, xchunked\r\n\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
                "Host: y\r\nContent-Length: " + smuggled.length() + "\r\n\r\n")) {
            for (String path : List.of("/webhooks/payments", "/sources", "/nowhere")) {
                assertThat(exchange("POST " + path + " HTTP/1.1\r\nHost: x\r\n" + framing + smuggled))
                        .as(framing + path)
                        .startsWith("HTTP/1.1 400 ")
                        .contains(framing.startsWith("Host") ? "\"code\":\"malformed_request\"" : "")
                        .containsOnlyOnce("HTTP/1.1 ");
            }
        }
    }

    @Test
    void a_chunk_larger_than_a_number_is_no_small_one() throws IOException {
        String head = "POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n";
        String smuggled = "GET /sources HTTP/1.1\r\nHost: x\r\n\r\n";

        assertThat(exchange(head + "100000002\r\n{}\r\n0\r\n\r\n" + smuggled)).isEmpty();
    }

    @Test
    void a_client_of_http_1_0_is_not_told_to_continue() throws IOException {
        String head = "POST /webhooks/payments HTTP/1.%d\r\nHost: x\r\nConnection: close\r\n"
                + "Expect: 100-continue\r\nContent-Length: 2\r\n\r\n{}";

        assertThat(exchange(head.formatted(1))).startsWith("HTTP/1.1 100 ").contains("HTTP/1.1 401 ");
        assertThat(exchange(head.formatted(0))).startsWith("HTTP/1.0 401 ");
    }

    @Test
    void a_sender_that_asks_on_and_on_and_reads_no_answer_is_cut_off() {
        for (String target : List.of("/nowhere", "/%zz")) {
            byte[] questions = ("GET " + target + " HTTP/1.1\r\nHost: x\r\n\r\n")
                    .repeat(1000)
                    .getBytes(StandardCharsets.US_ASCII);
            assertThatThrownBy(() -> writeAll(questions), target).isInstanceOf(IOException.class);
        }
    }

    @Test
    void a_target_that_is_no_uri_is_refused_and_counted() throws IOException {
        double before = malformed();
        for (String target : List.of("/%zz", "/webhooks/%", "/webhooks/payments%f", "/sources?%zz")) {
            assertThat(exchange("POST " + target
                            + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"))
                    .as(target)
                    .startsWith("HTTP/1.1 400 ")
                    .containsIgnoringCase("X-Request-Id: ")
                    .contains("application/problem+json", "\"code\":\"malformed_request\"");
        }
        assertThat(malformed()).isGreaterThanOrEqualTo(before + 4);
    }

    private double malformed() {
        return metrics
                .find("webhook.receipts")
                .tags("source", "unknown", "reason", "request_malformed")
                .counters()
                .stream()
                .mapToDouble(Counter::count)
                .sum();
    }

    @Test
    void http_2_without_tls_is_taken() throws Exception {
        HttpClient client =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(root.resolve("/webhooks/payments")).POST(BodyPublishers.ofString(BODY));
        signed(id, Instant.now(), BODY).forEach(request::header);

        HttpResponse<String> upgraded = client.send(request.build(), BodyHandlers.ofString());
        HttpResponse<String> second = client.send(request.build(), BodyHandlers.ofString());
        HttpResponse<String> refused =
                client.send(request.setHeader("webhook-signature", "v1,AAAA").build(), BodyHandlers.ofString());

        assertThat(upgraded.statusCode()).isEqualTo(202);
        assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertThat(second.statusCode()).isEqualTo(202);
        assertProblem(refused, 401, "not_authentic");
        HttpResponse<String> large =
                client.send(request.setHeader("X-Large", "y".repeat(17_000)).build(), BodyHandlers.ofString());
        assertThat(large.version()).isEqualTo(HttpClient.Version.HTTP_2);
        assertProblem(large, 431, "headers_too_large");
    }

    private HttpResponse<String> zipped(String signedBody, byte[] body) {
        Map<String, String> headers = signed(id, Instant.now(), signedBody);
        headers.put("Content-Encoding", "gzip");
        return sender.send("POST", "/webhooks/zipped", headers, BodyPublishers.ofByteArray(body));
    }

    private static byte[] zip(byte[] bytes) throws IOException {
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (GZIPOutputStream output = new GZIPOutputStream(zipped)) {
            output.write(bytes);
        }
        return zipped.toByteArray();
    }

    private String twice(String source, Map<String, String> headers, String name) throws IOException {
        String value = headers.getOrDefault(name, "1");
        return exchange(headers(source, headers, BODY.length()) + name + ": " + value + "\r\n\r\n" + BODY);
    }

    private static String headers(String source, Map<String, String> headers, int length) {
        StringBuilder text =
                new StringBuilder("POST /webhooks/" + source + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n");
        headers.forEach(
                (name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
        return text.append("Content-Length: ").append(length).append("\r\n").toString();
    }

    private void writeAll(byte[] questions) throws IOException {
        try (Socket socket = new Socket(root.getHost(), root.getPort())) {
            for (int i = 0; i < 1000; i++) {
                socket.getOutputStream().write(questions);
            }
        }
    }

    private String exchange(String request) throws IOException {
        try (Wire wire = new Wire(root)) {
            return wire.write(request).rest();
        }
    }

    private static void assertProblem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type")).contains("application/problem+json");
        assertThat(answer.headers().firstValue("X-Request-Id")).isPresent();
        assertThat(new JsonObject(answer.body()).getString("code")).isEqualTo(code);
    }
}
