package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.Described;
import dev.bellhop.testing.HostileRequests;
import dev.bellhop.testing.RealPostgres;
import dev.bellhop.testing.Wire;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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

/** What no client library sends. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class HostileRequestsIT extends HostileRequests {

    private static final String NOWHERE = "/%zz";

    @Inject
    MeterRegistry registry;

    HostileRequestsIT() {
        super("/payments", "/none/confirm", TestKeys.ALICE, 262_144);
    }

    @Override
    protected int port() {
        return RestAssured.port;
    }

    @Override
    protected String valid() {
        return Client.order("upgraded", 999);
    }

    @Override
    protected void refused(String method, String path, Wire.Answer problem) {
        if (path.equals(NOWHERE)) {
            return;
        }
        Described.given(
                method,
                path,
                problem.status(),
                problem.header("Content-Type"),
                problem.body().getBytes(StandardCharsets.UTF_8));
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

    @Test
    void a_body_is_taken_as_it_is_or_not_at_all() throws IOException {
        for (String coding : List.of("gzip", "br", "identity, gzip")) {
            String headers = key() + "Content-Type: application/json\r\nContent-Encoding: " + coding + "\r\n";
            problem(post("/payments", headers, "{}"), 415, "unsupported_media_type");
        }
        String plain = key() + "Content-Type: application/json\r\nContent-Encoding: Identity\r\n";
        problem(post("/payments", plain, "{}"), 400, "validation_failed");
    }

    @Test
    void a_body_of_a_blank_media_type_may_be_refused_but_is_no_fault_of_ours() throws IOException {
        problem(post("/payments", key() + "Content-Type:\r\n", "{}"), 400, "validation_failed");
        problem(post("/payments/none/confirm", key() + "Content-Type:\r\n", "{}"), 415, "unsupported_media_type");
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
    void a_target_that_is_nowhere_and_no_uri_is_refused() throws IOException {
        problem("GET " + NOWHERE + " HTTP/1.1\r\n" + LAST + key() + "\r\n", 400, "bad_request");
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
