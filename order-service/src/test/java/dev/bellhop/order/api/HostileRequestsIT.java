package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bellhop.chassis.Problem;
import dev.bellhop.testing.Allocations;
import dev.bellhop.testing.Frames;
import dev.bellhop.testing.Wire;
import dev.bellhop.testing.Wire.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends. Where the server does not hang up, these tests fail. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class HostileRequestsIT {

    @Inject
    MeterRegistry registry;

    private static final String KEY = "Authorization: Bearer " + TestKeys.ALICE + "\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LAST = "Host: x\r\nConnection: close\r\n";

    private static final String ORDER =
            "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";

    private static Answer answer(String request) throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            return wire.write(request).answer();
        }
    }

    private static void problem(String request, int status, String code) throws IOException {
        Answer answer = answer(request);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status)
                .doesNotContain("Exception");
        String[] line = request.split(" ", 3);
        Described.given(
                line[0], line[1], status, Problem.MEDIA_TYPE, answer.body().getBytes(StandardCharsets.UTF_8));
    }

    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\n" + LAST + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** Metrics would be theirs to fill, and then to blind. */
    @Test
    void what_strangers_make_up_is_no_name_in_the_metrics() throws IOException {
        // Given
        String strange = "strange" + System.nanoTime();
        List<String> calls = List.of("OPTIONS /orders/STRANGE", "PUT /orders/STRANGE/stream", "GET //STRANGE");

        // When
        for (String call : calls) {
            answer(call.replace("STRANGE", strange) + " HTTP/1.1\r\n" + LAST + "\r\n");
        }

        // Then
        await().untilAsserted(() -> assertThat(registry.find("http.server.requests")
                        .tag("uri", "OTHER")
                        .timers())
                .extracting(timer -> timer.getId().getTag("status"))
                .contains("200", "404", "405"));
        assertThat(registry.getMeters())
                .noneMatch(meter -> meter.getId().toString().contains(strange));
    }

    /** Java's own client does so unless it is told otherwise. */
    @Test
    void a_call_that_offers_to_go_on_in_http_2_is_answered_in_it() throws IOException, InterruptedException {
        Shop.product();
        HttpRequest.Builder call = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/orders"))
                .header("Authorization", "Bearer " + TestKeys.ALICE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(ORDER));
        HttpClient client = HttpClient.newHttpClient();

        HttpResponse<String> upgraded = client.send(call.build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> second = client.send(call.build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> refused = client.send(
                call.header("Authorization", "Bearer another").build(), HttpResponse.BodyHandlers.ofString());
        HttpResponse<String> large = client.send(
                call.setHeader("Authorization", "Bearer " + TestKeys.ALICE)
                        .POST(HttpRequest.BodyPublishers.ofString("x".repeat(1 << 20)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(List.of(upgraded, second, refused, large))
                .allMatch(answer -> answer.version() == HttpClient.Version.HTTP_2)
                .extracting(HttpResponse::statusCode)
                .containsExactly(201, 201, 400, 413);
        assertThat(refused.body()).contains("ambiguous_header");
        assertThat(large.body()).contains("body_too_large");
    }

    /** Vert.x would keep them all, and hold up everybody else's on its event loop. */
    @Test
    void who_asks_on_and_on_without_waiting_for_an_answer_is_cut_off() throws IOException {
        String question =
                "GET /orders/none HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody-0123456789-nobody\r\n\r\n";

        try (Wire wire = new Wire(RestAssured.port)) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 500; i++) {
                            wire.write(question.repeat(200));
                        }
                    })
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void some_questions_at_once_are_answered_one_after_the_other() throws IOException {
        String question = "GET /orders/none HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody-0123456789-nobody\r\n";

        Answer answers = answer((question + "\r\n").repeat(90) + question + "Connection: close\r\n\r\n");

        assertThat((answers.head() + answers.body()).split("HTTP/1.1 401 ", -1)).hasSize(92);
    }

    /** Or whoever asks for it a hundred times on each of fifty connections is given all the memory there is. */
    @ParameterizedTest
    @ValueSource(strings = {"", ".json", ".yaml", ".yml", "?format=json"})
    void the_description_is_in_memory_once_for_all_who_ask(String form) {
        // Given
        String path = "/q/openapi" + form;
        int length = given().get(path).then().statusCode(200).extract().asByteArray().length;
        long before = Allocations.ofAnswers();

        // When
        for (int i = 0; i < 20; i++) {
            given().get(path).then().statusCode(200);
        }

        // Then
        assertThat(Allocations.ofAnswers() - before).isLessThan(20L * length);
    }

    /** Of HTTP/2, where the channel does not know of them; each leaves a little. */
    @Test
    void many_who_have_no_window_for_their_answers_are_cut_off() throws IOException {
        List<Wire> clients = new ArrayList<>();
        try {
            StringBuilder questions = new StringBuilder(Frames.withoutWindow());
            for (int i = 0; i < 100; i++) {
                questions.append(Frames.get(2 * i + 1, "/q/openapi"));
            }
            for (int i = 0; i < 6; i++) {
                clients.add(new Wire(RestAssured.port).write(questions.toString()));
            }

            await().until(() -> clients.stream().anyMatch(client -> isCutOff(client)));
        } finally {
            for (Wire client : clients) {
                client.close();
            }
        }
    }

    private static boolean isCutOff(Wire client) {
        try {
            client.write(Frames.ping());
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    @Test
    void what_is_too_long_is_told() throws IOException {
        String tooLong = "x".repeat(9_000);

        problem("GET /orders/" + tooLong + " HTTP/1.1\r\n" + LAST + KEY + "\r\n", 414, "target_too_long");
        problem(
                "GET /orders HTTP/1.1\r\n" + LAST + KEY + "X-One: " + tooLong + "\r\nX-Two: " + tooLong + "\r\n\r\n",
                431,
                "headers_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"})
    void a_body_that_stalls_is_given_up(String beginning) throws IOException {
        problem("POST /orders HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + beginning, 408, "body_too_slow");
    }

    @Test
    void a_body_that_stalls_does_not_keep_its_connection_when_it_was_refused() throws IOException {
        problem(
                "POST /orders HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + "Content-Length: 100000\r\n\r\n{",
                413,
                "body_too_large");
    }

    @Test
    void a_stream_has_no_body_to_wait_for() throws IOException {
        // Given
        String id = Shop.placed();
        try (Wire watching = new Wire(RestAssured.port)) {
            watching.write("GET /orders/" + id + "/stream HTTP/1.1\r\nHost: x\r\n" + KEY
                    + "Accept: text/event-stream\r\nConnection: close\r\n\r\n");
            // as long as a body may take
            a_body_that_stalls_is_given_up("Content-Length: 50\r\n\r\n{");

            // When
            as(TestKeys.ALICE).post("/orders/" + id + "/cancel").then().statusCode(200);

            // Then
            assertThat(watching.answer().body()).contains("\"status\":\"Pending\"", "\"status\":\"Cancelled\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Authorization: Bearer another", "Content-Type: text/plain", "Host: y", "Idempotency-Key: two"})
    void what_can_be_said_once_is_not_said_twice(String again) throws IOException {
        problem(
                "POST /orders HTTP/1.1\r\n" + LAST + KEY + JSON + "Idempotency-Key: one\r\n"
                        + "Transfer-Encoding: chunked\r\n" + again + "\r\n\r\n0\r\n\r\n",
                400,
                "ambiguous_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";;", "application/json, text/plain", "text/plain", ""})
    void a_body_of_no_media_type_is_no_json(String type) throws IOException {
        String header = KEY + "Content-Type: " + type + "\r\n";

        problem(post("/orders", header, "{}"), 415, "unsupported_media_type");
        problem(post("/orders/none/cancel", header, "{}"), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 2\\r\\nExpect: 200-ok\\r\\n\\r\\n{}      | 417 | expectation_failed",
                "Transfer-Encoding: chunked\\r\\n\\r\\n100000002\\r\\n{}\\r\\n0\\r\\n\\r\\n | 400 | bad_request",
            })
    void what_is_no_body_of_http_is_refused(String rest, int status, String code) throws IOException {
        problem("POST /orders HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + rest.replace("\\r\\n", "\r\n"), status, code);
    }

    /** By the server, before any route of ours: there is no problem document. What follows is no request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "identity", "chunked, xchunked", "gzip, chunked", "chunked\r\nTransfer-Encoding: chunked"
            })
    void a_coding_of_which_others_might_think_otherwise_is_refused(String coding) throws IOException {
        Answer answer = answer("POST /orders HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + "Transfer-Encoding: " + coding
                + "\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("HTTP/1.1");
    }

    @Test
    void who_is_told_to_go_on_may_go_on() throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            Answer answer = wire.write("POST /orders HTTP/1.1\r\n" + LAST + KEY + JSON
                            + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n{}")
                    .answer();

            assertThat(answer.status()).isEqualTo(100);
            assertThat(answer.body()).contains("validation_failed");
        }
    }

    @Test
    void a_request_says_whom_it_is_for() throws IOException {
        problem("GET /orders/none HTTP/1.1\r\nConnection: close\r\n" + KEY + "\r\n", 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders/%zz", "/orders/%", "/orders?limit=%f"})
    void a_target_that_is_no_uri_is_refused(String target) throws IOException {
        problem("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + KEY + "\r\n", 400, "bad_request");
    }

    @Test
    void a_form_that_cannot_be_decoded_is_refused() throws IOException {
        Answer answer =
                answer(post("/console/login", "Content-Type: application/x-www-form-urlencoded\r\n", "key=%zz"));

        assertThat(answer.status()).isEqualTo(400);
    }
}
