package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.Allocations;
import dev.bellhop.testing.Frames;
import dev.bellhop.testing.RealPostgres;
import dev.bellhop.testing.Wire;
import dev.bellhop.testing.Wire.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends. Where the server does not hang up, these tests fail. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class HostileRequestsIT {

    @Inject
    MeterRegistry registry;

    private static final String KEY = "Authorization: Bearer " + TestKeys.ALICE + "\r\n";
    private static final String JSON = "Content-Type: application/json\r\n";
    private static final String LAST = "Host: x\r\nConnection: close\r\n";

    private static Answer answer(String request) throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            return wire.write(request).answer();
        }
    }

    private static void problem(String request, int status, String code) throws IOException {
        Answer answer = answer(request);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.header("X-Request-Id")).isNotEmpty();
        assertThat(answer.body())
                .contains("\"code\":\"" + code + "\"", "\"status\":" + status)
                .doesNotContain("Exception");
    }

    @Test
    void what_is_too_long_is_told() throws IOException {
        String tooLong = "x".repeat(9_000);

        problem("GET /payments/" + tooLong + " HTTP/1.1\r\n" + LAST + KEY + "\r\n", 414, "target_too_long");
        problem(
                "GET /payments HTTP/1.1\r\n" + LAST + KEY + "X-One: " + tooLong + "\r\nX-Two: " + tooLong + "\r\n\r\n",
                431,
                "headers_too_large");
    }

    /** Metrics would be theirs to fill, and then to blind. */
    @Test
    void what_strangers_make_up_is_no_name_in_the_metrics() throws IOException {
        // Given
        String strange = "strange" + System.nanoTime();
        List<String> calls = List.of("OPTIONS /payments/STRANGE", "PUT /payments/STRANGE", "GET //STRANGE");

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

    private static String post(String path, String headers, String body) {
        return "POST " + path + " HTTP/1.1\r\n" + LAST + headers + "Content-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** Java's own client does so unless it is told otherwise. */
    @Test
    void a_call_that_offers_to_go_on_in_http_2_is_answered_in_it() throws IOException, InterruptedException {
        HttpRequest.Builder call = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + RestAssured.port + "/payments"))
                .header("Authorization", "Bearer " + TestKeys.ALICE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Client.order("upgraded", 999)));
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
                "GET /payments/none HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody-0123456789-nobody\r\n\r\n";

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
        String question =
                "GET /payments/none HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer nobody-0123456789-nobody\r\n";

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
            for (int i = 0; i < 25; i++) {
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

    @ParameterizedTest
    @ValueSource(strings = {"Content-Length: 50\r\n\r\n{", "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n"})
    void a_body_that_stalls_is_given_up(String beginning) throws IOException {
        problem("POST /payments HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + beginning, 408, "body_too_slow");
    }

    @Test
    void a_body_that_stalls_does_not_keep_its_connection_when_it_was_refused() throws IOException {
        problem(
                "POST /payments HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + "Content-Length: 300000\r\n\r\n{",
                413,
                "body_too_large");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer another",
                "Content-Type: text/plain",
                "Host: y",
                "Idempotency-Key: two",
                "If-Match: \"2\""
            })
    void what_can_be_said_once_is_not_said_twice(String again) throws IOException {
        problem(
                "POST /payments HTTP/1.1\r\n" + LAST + KEY + JSON + "Idempotency-Key: one\r\nIf-Match: \"1\"\r\n"
                        + "Transfer-Encoding: chunked\r\n" + again + "\r\n\r\n0\r\n\r\n",
                400,
                "ambiguous_header");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";;", "application/json, text/plain", "text/plain"})
    void a_body_of_no_media_type_is_no_json(String type) throws IOException {
        String header = KEY + "Content-Type: " + type + "\r\n";

        problem(post("/payments", header, "{}"), 415, "unsupported_media_type");
        problem(post("/payments/none/confirm", header, "{}"), 415, "unsupported_media_type");
    }

    @Test
    void a_body_of_a_blank_media_type_may_be_refused_but_is_no_fault_of_ours() throws IOException {
        problem(post("/payments", KEY + "Content-Type:\r\n", "{}"), 400, "validation_failed");
        problem(post("/payments/none/confirm", KEY + "Content-Type:\r\n", "{}"), 415, "unsupported_media_type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Content-Length: 2\\r\\nExpect: 200-ok\\r\\n\\r\\n{}      | 417 | expectation_failed",
                "Transfer-Encoding: chunked\\r\\n\\r\\n100000002\\r\\n{}\\r\\n0\\r\\n\\r\\n | 400 | bad_request",
            })
    void what_is_no_body_of_http_is_refused(String rest, int status, String code) throws IOException {
        problem("POST /payments HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + rest.replace("\\r\\n", "\r\n"), status, code);
    }

    /** By the server, before any route of ours: there is no problem document. What follows is no request. */
    @ParameterizedTest
    @ValueSource(
            strings = {"gzip", "identity", "chunked, xchunked", "gzip, chunked", "chunked\r\nTransfer-Encoding: chunked"
            })
    void a_coding_of_which_others_might_think_otherwise_is_refused(String coding) throws IOException {
        Answer answer = answer("POST /payments HTTP/1.1\r\nHost: x\r\n" + KEY + JSON + "Transfer-Encoding: " + coding
                + "\r\n\r\n0\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).doesNotContain("HTTP/1.1");
    }

    /** An ERROR means that someone must act. */
    @Test
    void a_client_that_begins_http_2_and_goes_on_with_anything_is_no_error() throws IOException {
        List<LogRecord> errors = new CopyOnWriteArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                if (line.getLevel().intValue() >= Level.SEVERE.intValue()) {
                    errors.add(line);
                }
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger.getLogger("io.vertx").addHandler(listener);
        try (Wire wire = new Wire(RestAssured.port)) {
            assertThat(wire.write("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\ngarbage, garbage, garbage")
                            .rest())
                    .contains("SETTINGS");
        } finally {
            Logger.getLogger("io.vertx").removeHandler(listener);
        }

        assertThat(errors).isEmpty();
    }

    @Test
    void a_request_says_whom_it_is_for() throws IOException {
        problem("GET /payments HTTP/1.1\r\nConnection: close\r\n" + KEY + "\r\n", 400, "bad_request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/%zz", "/payments/%", "/payments?limit=%f"})
    void a_target_that_is_no_uri_is_refused(String target) throws IOException {
        problem("GET " + target + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + KEY + "\r\n", 400, "bad_request");
    }

    @Test
    void a_form_that_cannot_be_decoded_is_refused() throws IOException {
        problem(
                post("/checkout/none/pay", "Content-Type: application/x-www-form-urlencoded\r\n", "card=%zz"),
                400,
                "bad_request");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /payments          | {\"orderId\":\"a\\ud800\",\"amount\":1,\"currency\":\"USD\"}",
                "POST | /payments          | {\"orderId\":\"\\udc00\\ud800\",\"amount\":1,\"currency\":\"USD\"}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\\ud800\"}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\",\"events\":[\"\\ud800\"]}",
                "POST | /webhook-endpoints | {\"url\":\"https://example.com/\",\"style\":\"github\",\"secret\":\"0123456789abcdef\\ud800\"}",
                "PUT  | /simulator/plan    | {\"seed\":1,\"rules\":[{\"match\":{\"order\":\"\\ud800\"},\"do\":\"drop\"}]}",
                "PUT  | /simulator/plan    | {\"seed\":1,\"rules\":[{\"match\":{\"order\":[\"\\ud800\"]},\"do\":\"drop\"}]}",
            })
    void half_of_a_surrogate_pair_is_kept_by_nobody(String method, String path, String body) {
        Response answer = json(TestKeys.OPERATOR, body).request(method, path);

        assertThat(answer.statusCode()).as(answer.asString()).isEqualTo(400);
        assertThat(answer.<String>path("code")).isIn("invalid_field", "malformed_json");
    }

    @Test
    void a_whole_surrogate_pair_is_text() {
        assertThat(json(TestKeys.ALICE, "{\"orderId\":\"\\ud83d\\ude00\",\"amount\":1,\"currency\":\"USD\"}")
                        .post("/payments")
                        .<String>path("orderId"))
                .isEqualTo("\ud83d\ude00");
    }

    @Test
    void who_uses_a_wrong_method_is_told_the_right_ones() {
        Map<String, Map<String, Object>> paths = JsonPath.from(
                        as(TestKeys.OPERATOR).get("/q/openapi?format=json").asString())
                .getMap("paths");
        assertThat(paths).hasSizeGreaterThan(20);

        paths.forEach((path, item) -> {
            Set<String> right = new TreeSet<>(Set.of("OPTIONS"));
            item.keySet().forEach(method -> right.add(method.toUpperCase(Locale.ROOT)));
            if (right.contains("GET")) {
                right.add("HEAD");
            }
            for (String wrong : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "LOCK")) {
                if (!right.contains(wrong)) {
                    Response answer = as(TestKeys.OPERATOR).request(wrong, path.replaceAll("\\{.*?}", "none"));

                    assertThat(answer.statusCode()).as(wrong + " " + path).isEqualTo(405);
                    assertThat(answer.header("Allow")).isEqualTo(String.join(", ", right));
                }
            }
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webhook-endpoints", "/simulator/cards", "/simulator/plans"})
    void a_list_is_whole_or_comes_in_parts(String list) {
        // Given
        String one = Client.endpoint("{\"url\":\"https://example.com/1\"}").get("endpointId");
        String two = Client.endpoint("{\"url\":\"https://example.com/2\"}").get("endpointId");
        List<Object> whole = as(TestKeys.OPERATOR).get(list).path("data");

        // When
        Response first = as(TestKeys.OPERATOR).get(list + "?limit=1");
        Response rest = as(TestKeys.OPERATOR).get(list + "?cursor=" + first.path("nextCursor"));
        Client.delete(one);
        Client.delete(two);

        // Then
        assertThat(first.<List<Object>>path("data")).isEqualTo(whole.subList(0, 1));
        assertThat(rest.<List<Object>>path("data")).isEqualTo(whole.subList(1, whole.size()));
        assertThat(rest.<String>path("nextCursor")).isNull();
    }

    @ParameterizedTest
    @CsvSource({"limit=0, invalid_limit", "limit=101, invalid_limit", "cursor=nothing, invalid_cursor"})
    void a_part_that_no_list_has_is_refused(String part, String code) {
        for (String list :
                List.of("/webhook-endpoints", "/simulator/cards", "/simulator/plans", "/payments", "/events")) {
            assertThat(as(TestKeys.OPERATOR).get(list + "?" + part).<String>path("code"))
                    .as(list)
                    .isEqualTo(code);
        }
    }
}
