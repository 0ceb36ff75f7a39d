package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.problem;
import static dev.bellhop.order.api.Shop.product;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class BadInputIT {

    private static final String ITEMS = "\"items\":[{\"productId\":\"article\",\"quantity\":1}]";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                              | 400 | malformed_json",
                "[]                                             | 400 | malformed_json",
                "null                                           | 400 | validation_failed",
                "{} x                                           | 400 | malformed_json",
                "{}                                             | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\"}    | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[]}            | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[null]}        | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":0}]}   | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":-1}]}  | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\"}]}                  | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1.5}]} | 400 | invalid_field",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":\"1\"}]} | 400 | invalid_field",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":99999999999}]} | 400 | invalid_field",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"nothing\",\"quantity\":1}]}   | 422 | unknown_product",
                "{\"customerId\":\"c\",\"currency\":\"EUR\"," + ITEMS + "}               | 422 | currency_differs",
                "{\"customerId\":\"c\",\"currency\":\"usd\"," + ITEMS + "}               | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"ABC\"," + ITEMS + "}               | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"XXX\"," + ITEMS + "}               | 400 | validation_failed",
                "{\"customerId\":7,\"currency\":\"USD\"," + ITEMS + "}                   | 400 | invalid_field",
                "{\"customerId\":\"\",\"currency\":\"USD\"," + ITEMS + "}                | 400 | validation_failed",
                "{\"customerId\":\"a\\u0000b\",\"currency\":\"USD\"," + ITEMS + "}       | 400 | validation_failed",
                "{\"orderId\":\"a b\",\"customerId\":\"c\",\"currency\":\"USD\"," + ITEMS
                        + "} | 400 | validation_failed",
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"amount\":1," + ITEMS + "}  | 400 | unknown_field",
                "{\"customerId\":\"c\",\"customerId\":\"d\",\"currency\":\"USD\"," + ITEMS + "} | 400 | malformed_json",
            })
    void an_order_that_makes_no_sense_is_refused(String body, int status, String code) {
        product();
        problem(json(TestKeys.ALICE, body).post("/orders"), status, code);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"name\":\"n\",\"amount\":0,\"currency\":\"USD\"}                 | validation_failed",
                "{\"name\":\"n\",\"amount\":-1,\"currency\":\"USD\"}                | validation_failed",
                "{\"name\":\"n\",\"amount\":9.99,\"currency\":\"USD\"}              | invalid_field",
                "{\"name\":\"n\",\"amount\":1e30,\"currency\":\"USD\"}              | invalid_field",
                "{\"name\":\"n\",\"amount\":99999999999999,\"currency\":\"USD\"}    | validation_failed",
                "{\"name\":\"\",\"amount\":1,\"currency\":\"USD\"}                  | validation_failed",
                "{\"name\":\"a\\u0000\",\"amount\":1,\"currency\":\"USD\"}          | validation_failed",
                "{\"name\":\"a\\ud800\",\"amount\":1,\"currency\":\"USD\"}          | validation_failed",
                "{\"name\":\"\\udc00\\ud800\",\"amount\":1,\"currency\":\"USD\"}    | validation_failed",
                "{\"name\":\"n\",\"currency\":\"USD\"}                              | validation_failed",
                "{\"name\":\"n\",\"amount\":1,\"currency\":\"usd\"}                 | validation_failed",
                "{\"name\":\"n\",\"amount\":1,\"currency\":\"ABC\"}                 | validation_failed",
                "{\"name\":\"n\",\"amount\":1,\"currency\":\"XXX\"}                 | validation_failed",
                "{\"name\":\"n\",\"amount\":1,\"currency\":\"XAU\"}                 | validation_failed",
                "{\"name\":\"n\",\"amount\":1,\"currency\":\"XTS\"}                 | validation_failed",
                "{\"productId\":\"y\",\"name\":\"n\",\"amount\":1,\"currency\":\"USD\"} | product_id_differs",
            })
    void a_product_that_makes_no_sense_is_refused(String body, String code) {
        problem(json(TestKeys.OPERATOR, body).put("/products/x"), 400, code);
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                refused(() -> given().get("/nowhere"), 404, "not_found"),
                refused(() -> as(TestKeys.ALICE).get("/orders/none"), 404, "order_not_found"),
                refused(() -> as(TestKeys.ALICE).get("/orders/none/status"), 404, "order_not_found"),
                refused(() -> as(TestKeys.ALICE).get("/orders/none/history"), 404, "order_not_found"),
                refused(() -> raw("GET", "/orders/%00"), 404, "order_not_found"),
                refused(() -> raw("GET", "/orders/%00/status"), 404, "order_not_found"),
                refused(() -> raw("GET", "/products/%00"), 404, "product_not_found"),
                refused(() -> raw("GET", "/customers/%00"), 404, "customer_not_found"),
                refused(() -> raw("GET", "/customers/%00/orders"), 404, "customer_not_found"),
                refused(() -> as(TestKeys.ALICE).get("/products/none"), 404, "product_not_found"),
                refused(() -> as(TestKeys.OPERATOR).delete("/products/none"), 404, "product_not_found"),
                refused(() -> as(TestKeys.ALICE).get("/customers/none"), 404, "customer_not_found"),
                refused(() -> as(TestKeys.OPERATOR).delete("/api-keys/none"), 404, "api_key_not_found"),
                refused(() -> as(TestKeys.OPERATOR).post("/api-keys/none/rotate"), 404, "api_key_not_found"),
                refused(() -> as(TestKeys.ALICE).put("/orders"), 405, "method_not_allowed"),
                refused(() -> as(TestKeys.ALICE).delete("/orders"), 405, "method_not_allowed"),
                refused(() -> as(TestKeys.ALICE).accept("text/csv").get("/orders"), 406, "not_acceptable"),
                refused(
                        () -> as(TestKeys.ALICE)
                                .contentType("text/plain")
                                .body("x")
                                .post("/orders"),
                        415,
                        "unsupported_media_type"),
                refused(
                        () -> as(TestKeys.ALICE)
                                .contentType("text/plain")
                                .body("x")
                                .post("/orders/none/cancel"),
                        415,
                        "unsupported_media_type"),
                refused(() -> json(TestKeys.ALICE, "x".repeat(100_000)).post("/orders"), 413, "body_too_large"),
                refused(() -> json(TestKeys.ALICE, "{\"x\":1}").post("/orders/none/cancel"), 400, "unknown_field"),
                refused(
                        () -> json(TestKeys.ALICE, "{\"amount\":0}").post("/orders/none/refund"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.ALICE, "{\"reason\":\"\\ud800\"}").post("/orders/none/cancel"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.ALICE, "{\"name\":\"n\",\"email\":\"\\ud800@example.com\"}")
                                .put("/customers/x"),
                        400,
                        "validation_failed"),
                refused(
                        () -> as(TestKeys.ALICE).get("/orders/" + Shop.placed() + "/history?cursor=MQ0"),
                        400,
                        "invalid_cursor"),
                refused(() -> as(TestKeys.OPERATOR).get("/api-keys?cursor=xx"), 400, "invalid_cursor"),
                refused(() -> as(TestKeys.ALICE).get("/orders?limit=0"), 400, "invalid_limit"),
                refused(() -> as(TestKeys.ALICE).get("/orders?limit=101"), 400, "invalid_limit"),
                refused(() -> as(TestKeys.ALICE).get("/orders?limit=x"), 400, "invalid_limit"),
                refused(() -> as(TestKeys.ALICE).get("/orders?cursor=xx"), 400, "invalid_cursor"),
                refused(
                        () -> as(TestKeys.ALICE).get("/orders?cursor=MjAyNi0wMS0wMVQwMDowMDowMFogAA"),
                        400,
                        "invalid_cursor"),
                refused(() -> as(TestKeys.ALICE).get("/products?cursor=AA"), 400, "invalid_cursor"),
                refused(() -> as(TestKeys.ALICE).get("/orders?status=paid"), 400, "unknown_status"),
                refused(() -> as(TestKeys.ALICE).get("/orders?createdFrom=now"), 400, "invalid_time"),
                refused(() -> raw("GET", "/orders?createdTo=%2B294277-01-05T00:00:00Z"), 400, "invalid_time"),
                refused(() -> raw("GET", "/orders?createdFrom=%2B1000000000-01-01T00:00:00Z"), 400, "invalid_time"),
                refused(
                        () -> as(TestKeys.ALICE).get("/orders?cursor=" + cursor("+1000000000-01-01T00:00:00Z a")),
                        400,
                        "invalid_cursor"),
                refused(() -> raw("GET", "/orders?q=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/orders?customerId=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/products?q=%00"), 400, "validation_failed"),
                refused(
                        () -> json(TestKeys.ALICE, "{}").header("If-Match", "*").patch("/orders/none"),
                        400,
                        "nothing_to_change"),
                refused(
                        () -> json(TestKeys.ALICE, Shop.order("x", 1))
                                .header("Idempotency-Key", "k".repeat(256))
                                .post("/orders"),
                        400,
                        "invalid_idempotency_key"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"owner\":\"x\",\"scopes\":[\"all\"]}")
                                .post("/api-keys"),
                        400,
                        "unknown_scope"),
                refused(() -> operatorRaw("GET", "/webhook-events/%00"), 404, "event_not_found"),
                refused(() -> operatorRaw("POST", "/webhook-events/%00/replay"), 404, "event_not_found"),
                refused(() -> operatorRaw("GET", "/webhook-events?type=%00"), 400, "validation_failed"),
                refused(() -> operatorRaw("GET", "/webhook-events?source=%00"), 400, "validation_failed"),
                refused(() -> operatorRaw("GET", "/webhook-events?orderId=%00"), 400, "validation_failed"),
                refused(() -> operatorRaw("GET", "/webhook-events?status=odd"), 400, "unknown_status"),
                refused(() -> operatorRaw("GET", "/webhook-events?from=today"), 400, "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"from\":\"+1000000000-01-01T00:00:00Z\",\"dryRun\":true}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"action\":\"accept\",\"reason\":\"a\\u0000b\"}")
                                .post("/orders/none/review/resolve"),
                        400,
                        "validation_failed"),
                refused(() -> operatorRaw("GET", "/webhook-events?cursor=xx"), 400, "invalid_cursor"),
                refused(
                        () -> operatorRaw("GET", "/webhook-events?cursor=" + cursor("2026-01-01T00:00:00Z a \0")),
                        400,
                        "invalid_cursor"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"cursor\":\"xx\"}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_cursor"),
                refused(() -> operatorRaw("GET", "/dead-letters?cursor=xx"), 400, "invalid_cursor"),
                refused(
                        () -> operatorRaw("GET", "/dead-letters?cursor=" + cursor("2026-01-01T00:00:00Z \0")),
                        400,
                        "invalid_cursor"),
                refused(() -> operatorRaw("POST", "/dead-letters/%00/redrive"), 404, "dead_letter_not_found"),
                refused(() -> operatorRaw("POST", "/api-keys/%00/rotate"), 404, "api_key_not_found"),
                refused(() -> operatorRaw("DELETE", "/api-keys/%00"), 404, "api_key_not_found"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"a\\u0000\"}").post("/webhook-events/replay"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"source\":\"a\\u0000\"}")
                                .post("/webhook-events/replay"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"orderId\":\"a\\u0000\"}")
                                .post("/webhook-events/replay"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"from\":\"today\"}").post("/webhook-events/replay"),
                        400,
                        "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"from\":5}").post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"to\":1.5}").post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"from\":true}").post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"dryRun\":null}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"dryRun\":\"true\"}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"dryRun\":\"\"}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"dryRun\":1}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"type\":\"x\",\"dryRun\":[true]}")
                                .post("/webhook-events/replay"),
                        400,
                        "invalid_field"),
                refused(() -> json(TestKeys.OPERATOR, "{}").post("/webhook-events/replay"), 400, "nothing_selected"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"reason\":\"all of it\",\"perSecond\":5}")
                                .post("/webhook-events/replay"),
                        400,
                        "nothing_selected"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"x\":1}").post("/webhook-events/replay"),
                        400,
                        "unknown_field"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"perSecond\":0}").post("/webhook-events/replay"),
                        400,
                        "validation_failed"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"perSecond\":1001}").post("/webhook-events/replay"),
                        400,
                        "validation_failed"),
                refused(() -> json(TestKeys.OPERATOR, "null").post("/webhook-events/replay"), 400, "validation_failed"),
                refused(() -> as(TestKeys.ALICE).get("/webhook-events"), 403, "forbidden"),
                refused(() -> as(TestKeys.ALICE).get("/dead-letters"), 403, "forbidden"),
                refused(() -> as(TestKeys.ALICE).get("/reconciliation"), 403, "forbidden"),
                refused(
                        () -> json(TestKeys.ALICE, "{\"action\":\"accept\",\"reason\":\"x\"}")
                                .post("/orders/none/review/resolve"),
                        403,
                        "forbidden"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"action\":\"accept\",\"reason\":\"x\"}")
                                .post("/orders/none/review/resolve"),
                        404,
                        "order_not_found"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"action\":\"odd\",\"reason\":\"x\"}")
                                .post("/orders/none/review/resolve"),
                        400,
                        "validation_failed"),
                refused(() -> given().get("/orders"), 401, "unauthenticated"),
                refused(() -> given().header("Authorization", "Basic eA==").get("/orders"), 401, "unauthenticated"),
                refused(() -> as("no-such-key-0123456789").get("/orders"), 401, "unauthenticated"),
                refused(() -> as("").get("/orders"), 401, "unauthenticated"),
                refused(() -> json(TestKeys.READER, Shop.order("x", 1)).post("/orders"), 403, "forbidden"),
                refused(() -> json(TestKeys.ALICE, "{\"x\":1}").post("/products"), 403, "forbidden"),
                refused(() -> as(TestKeys.ALICE).get("/api-keys"), 403, "forbidden"));
    }

    private static Arguments refused(Supplier<Response> request, int status, String code) {
        return Arguments.of(request, status, code);
    }

    /** With the URL as it is, for what no well-meant client sends. */
    private static Response raw(String method, String url) {
        return as(TestKeys.ALICE).urlEncodingEnabled(false).request(method, url);
    }

    private static Response operatorRaw(String method, String url) {
        return as(TestKeys.OPERATOR).urlEncodingEnabled(false).request(method, url);
    }

    /** Well made, of what nobody was ever given. */
    private static String cursor(String text) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_refusal_is_a_problem(Supplier<Response> request, int status, String code) {
        problem(request.get(), status, code);
    }

    @Test
    void a_chunked_body_is_counted_as_it_arrives() throws Exception {
        // Given
        byte[] body = ("{\"orderId\":\"" + "x".repeat(200_000)).getBytes(StandardCharsets.UTF_8);
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/orders"))
                .header("Authorization", "Bearer " + TestKeys.ALICE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build();

        // When
        HttpResponse<String> response = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());

        // Then
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":\"body_too_large\"");
    }

    @Test
    void a_wrong_field_is_called_as_the_client_calls_it() {
        String order = "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[%s]}";
        String item = "{\"productId\":\"article\",\"quantity\":%s}";

        assertThat(wrongField(json(TestKeys.ALICE, order.formatted(item.formatted("0")))
                        .post("/orders")))
                .isEqualTo("items[0].quantity");
        assertThat(wrongField(json(TestKeys.ALICE, order.formatted(item.formatted("\"1\"")))
                        .post("/orders")))
                .isEqualTo("items[0].quantity");
        assertThat(wrongField(json(TestKeys.ALICE, order.formatted("null")).post("/orders")))
                .isEqualTo("items[0]");
        assertThat(wrongField(json(TestKeys.OPERATOR, "{\"owner\":\"x\",\"scopes\":[null]}")
                        .post("/api-keys")))
                .isEqualTo("scopes[]");
        assertThat(wrongField(as(TestKeys.ALICE).get("/orders?q=" + "x".repeat(65))))
                .isEqualTo("q");
        assertThat(wrongField(as(TestKeys.ALICE).get("/products?q=" + "x".repeat(101))))
                .isEqualTo("q");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api-keys",
                "/customers/none",
                "/orders",
                "/orders/none/review/resolve",
                "/products",
                "/products/none",
                "/webhook-events/replay"
            })
    void a_body_that_is_missing_is_called_so(String path) {
        assertThat(wrongField(json(TestKeys.OPERATOR, "null").post(path))).isEqualTo("body");
    }

    /** A merge patch (RFC 7396) takes away what it says is null. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"customerId\":null}",
                "{\"customerId\":null,\"items\":[{\"productId\":\"article\",\"quantity\":1}]}",
                "{\"items\":null,\"customerId\":\"customer-2\"}"
            })
    void what_an_order_cannot_be_without_is_not_taken_away(String patch) {
        // Given
        String id = Shop.placed();

        for (String type : List.of("application/json", "application/merge-patch+json")) {
            // When
            Response answer = as(TestKeys.ALICE)
                    .contentType(type)
                    .header("If-Match", "*")
                    .body(patch)
                    .patch("/orders/" + id);

            // Then
            problem(answer, 400, "invalid_field");
            assertThat(wrongField(answer)).isEqualTo(patch.substring(2, patch.indexOf(':') - 1));
        }
    }

    private static String wrongField(Response refused) {
        return refused.then().statusCode(400).extract().path("errors[0].field");
    }

    @ParameterizedTest
    @CsvSource({
        "/orders, 'GET, HEAD, OPTIONS, POST'",
        "/orders/none, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "/orders/none/cancel, 'OPTIONS, POST'",
        "/orders/none/stream, 'GET, HEAD, OPTIONS'"
    })
    void who_asks_for_the_methods_of_a_path_is_told_them(String path, String methods) throws Exception {
        // Given
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .method("OPTIONS", HttpRequest.BodyPublishers.noBody())
                .build();

        // When
        HttpResponse<Void> answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.discarding());

        // Then
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("Allow")).contains(methods);
    }

    @Test
    void a_request_id_is_taken_over_if_it_is_sane() {
        assertThat(given().header("X-Request-Id", "abc-1").get("/nowhere").header("X-Request-Id"))
                .isEqualTo("abc-1");
        assertThat(given().header("X-Request-Id", "x".repeat(129))
                        .get("/nowhere")
                        .header("X-Request-Id"))
                .hasSize(36);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT    | /orders                    | GET, HEAD, OPTIONS, POST",
                "POST   | /orders/none               | DELETE, GET, HEAD, OPTIONS, PATCH",
                "PATCH  | /products/none             | DELETE, GET, HEAD, OPTIONS, POST, PUT",
                "DELETE | /webhook-events/replay     | GET, HEAD, OPTIONS, POST",
            })
    void who_uses_a_wrong_method_is_told_the_right_ones(String method, String path, String allowed) {
        Response answer = as(TestKeys.OPERATOR).request(method, path);

        problem(answer, 405, "method_not_allowed");
        assertThat(answer.header("Allow")).isEqualTo(allowed);
    }

    @Test
    void a_refused_key_is_told_how_to_authenticate() {
        assertThat(given().get("/orders").header("WWW-Authenticate")).isEqualTo("Bearer");
    }
}
