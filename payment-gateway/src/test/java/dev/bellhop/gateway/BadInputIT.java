package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class BadInputIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{                                                             | 400 | malformed_json",
                "[]                                                            | 400 | malformed_json",
                "null                                                          | 400 | validation_failed",
                "{} x                                                          | 400 | malformed_json",
                "{\"amount\":1,\"amount\":2,\"orderId\":\"1\",\"currency\":\"USD\"} | 400 | malformed_json",
                "{}                                                            | 400 | validation_failed",
                "{\"orderId\":\"1\",\"amount\":0,\"currency\":\"USD\"}         | 400 | validation_failed",
                "{\"orderId\":\"1\",\"amount\":-5,\"currency\":\"USD\"}        | 400 | validation_failed",
                "{\"orderId\":\"1\",\"amount\":9.99,\"currency\":\"USD\"}      | 400 | invalid_field",
                "{\"orderId\":\"1\",\"amount\":\"999\",\"currency\":\"USD\"}   | 400 | invalid_field",
                "{\"orderId\":\"1\",\"amount\":1e30,\"currency\":\"USD\"}      | 400 | invalid_field",
                "{\"orderId\":\"1\",\"amount\":99999999999999999999,\"currency\":\"USD\"} | 400 | invalid_field",
                "{\"orderId\":\"1\",\"amount\":9,\"currency\":\"usd\"}         | 400 | validation_failed",
                "{\"orderId\":\"1\",\"amount\":9,\"currency\":\"QQQ\"}         | 422 | unknown_currency",
                "{\"orderId\":\"1\",\"amount\":9,\"currency\":\"XAU\"}         | 422 | unknown_currency",
                "{\"orderId\":\"\",\"amount\":9,\"currency\":\"USD\"}          | 400 | validation_failed",
                "{\"orderId\":\"1\",\"amount\":9,\"currency\":\"USD\",\"x\":1} | 400 | unknown_field",
            })
    void a_payment_that_makes_no_sense_is_refused(String body, int status, String code) {
        problem(json(TestKeys.ALICE, body).post("/payments"), status, code);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp://example.com/x, invalid_url",
        "/relative, invalid_url",
        "http://, invalid_url",
        "http://example.com:0/, invalid_url",
        "http://example.com:65536/, invalid_url",
        "https://user:secret@example.com/, invalid_url",
        "https://exa mple.com/, invalid_url"
    })
    void an_endpoint_that_cannot_be_reached_is_refused(String url, String code) {
        problem(json(TestKeys.OPERATOR, "{\"url\":\"" + url + "\"}").post("/webhook-endpoints"), 400, code);
    }

    @Test
    void a_weak_secret_is_refused() {
        problem(
                json(TestKeys.OPERATOR, "{\"url\":\"https://example.com\",\"secret\":\"whsec_c2hvcnQ=\"}")
                        .post("/webhook-endpoints"),
                400,
                "invalid_secret");
    }

    static Stream<Arguments> requests() {
        return Stream.of(
                refused(() -> given().when().get("/nowhere"), 404, "not_found"),
                refused(() -> as(TestKeys.ALICE).get("/payments/pay_none"), 404, "payment_not_found"),
                refused(() -> as(TestKeys.ALICE).delete("/payments"), 405, "method_not_allowed"),
                refused(() -> as(TestKeys.ALICE).accept("text/csv").get("/payments"), 406, "not_acceptable"),
                refused(
                        () -> as(TestKeys.ALICE)
                                .contentType("text/plain")
                                .body("x")
                                .post("/payments"),
                        415,
                        "unsupported_media_type"),
                refused(() -> json(TestKeys.ALICE, "x".repeat(300_000)).post("/payments"), 413, "body_too_large"),
                refused(() -> as(TestKeys.ALICE).get("/payments?limit=0"), 400, "invalid_limit"),
                refused(() -> as(TestKeys.ALICE).get("/payments?limit=101"), 400, "invalid_limit"),
                refused(() -> as(TestKeys.ALICE).get("/payments?cursor=x"), 400, "invalid_cursor"),
                // "1 a" and a NUL
                refused(() -> as(TestKeys.ALICE).get("/payments?cursor=MSBhAA"), 400, "invalid_cursor"),
                refused(() -> raw("GET", "/payments/%00"), 404, "payment_not_found"),
                refused(() -> raw("GET", "/payments/a%00%25zz%2Fb"), 404, "payment_not_found"),
                refused(() -> raw("POST", "/payments/%00/confirm"), 404, "payment_not_found"),
                refused(() -> raw("GET", "/events/%00"), 404, "event_not_found"),
                refused(() -> raw("GET", "/webhook-endpoints/%00"), 404, "endpoint_not_found"),
                refused(() -> raw("GET", "/simulator/load/%00"), 404, "load_not_found"),
                refused(() -> raw("GET", "/payments?orderId=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/payments?limit=1&orderId=a%00b"), 400, "validation_failed"),
                refused(() -> raw("GET", "/events?orderId=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/events?paymentId=%00"), 400, "validation_failed"),
                refused(() -> raw("POST", "/events/evt_none/resend?endpointId=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/simulator/truth?orderId=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/simulator/truth?prefix=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/simulator/truth?cursor=%00"), 400, "validation_failed"),
                refused(() -> raw("GET", "/simulator/truth/summary?prefix=%00"), 400, "validation_failed"),
                refused(() -> given().urlEncodingEnabled(false).get("/payments/%00"), 401, "unauthenticated"),
                refused(
                        () -> json(
                                        TestKeys.OPERATOR,
                                        "{\"url\":\"https://example.com\",\"style\":\"github\",\"secret\":\"\\u0000123456789abcdef\"}")
                                .post("/webhook-endpoints"),
                        400,
                        "invalid_secret"),
                refused(() -> as(TestKeys.ALICE).get("/payments?status=paid"), 400, "invalid_status"),
                refused(() -> as(TestKeys.ALICE).get("/payments?updatedSince=now"), 400, "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"now\":\"+999999999-12-31T23:59:59Z\"}")
                                .put("/simulator/clock"),
                        400,
                        "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"now\":\"-999999999-01-01T00:00:00Z\"}")
                                .put("/simulator/clock"),
                        400,
                        "invalid_time"),
                refused(
                        () -> json(TestKeys.OPERATOR, "{\"overlap\":\"PT999999999999999999S\"}")
                                .post("/webhook-endpoints/we_none/rotate-secret"),
                        400,
                        "invalid_overlap"),
                refused(
                        () -> json(TestKeys.ALICE, "{}")
                                .header("Idempotency-Key", "k".repeat(256))
                                .post("/payments"),
                        400,
                        "validation_failed"),
                refused(() -> given().get("/payments"), 401, "unauthenticated"),
                refused(() -> given().header("Authorization", "Basic eA==").get("/payments"), 401, "unauthenticated"),
                refused(() -> as(TestKeys.ALICE).get("/webhook-endpoints"), 403, "forbidden"),
                refused(() -> as(TestKeys.OPERATOR).get("/webhook-endpoints/we_none"), 404, "endpoint_not_found"));
    }

    /** As the operator, with the path as it is written. */
    private static Response raw(String method, String path) {
        return as(TestKeys.OPERATOR).urlEncodingEnabled(false).request(method, path);
    }

    private static Arguments refused(Supplier<Response> request, int status, String code) {
        return Arguments.of(request, status, code);
    }

    @ParameterizedTest
    @MethodSource("requests")
    void every_refusal_is_a_problem(Supplier<Response> request, int status, String code) {
        problem(request.get(), status, code);
    }

    @Test
    void a_checkout_link_with_a_nul_leads_nowhere() {
        Response page = given().urlEncodingEnabled(false).get("/checkout/%00");

        assertThat(page.statusCode()).isEqualTo(404);
        assertThat(page.asString()).contains("This link does not lead to a payment.");
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /checkout/pay_none/pay, 405, That did not work",
        "POST, /checkout/pay_none, 405, That did not work",
        "GET, /checkout/pay_none/other, 404, No such payment",
        "GET, /checkout, 404, No such payment"
    })
    void a_browser_that_goes_astray_at_the_checkout_gets_a_page(String method, String path, int status, String says) {
        Response page = browser().request(method, path);

        page.then().statusCode(status);
        assertThat(page.contentType()).isEqualToIgnoringCase("text/html;charset=UTF-8");
        assertThat(page.header("Content-Security-Policy")).startsWith("default-src 'none'");
        assertThat(page.header("Cache-Control")).isEqualTo("no-store");
        assertThat(page.asString()).contains("<h1>" + says + "</h1>");
    }

    @Test
    void a_card_that_nobody_has_leads_back_to_the_payment() {
        String id = Client.newPayment("card-" + System.nanoTime(), 999);

        Response page = browser().formParam("card", "123").post("/checkout/" + id + "/pay");

        page.then().statusCode(422);
        assertThat(page.asString()).contains("It paid nothing.", "href=\"/checkout/" + id + "\"");
    }

    private static RequestSpecification browser() {
        return given().header("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8");
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE, /payments, 'GET, HEAD, OPTIONS, POST'",
        "PUT, /payments/pay_none, 'GET, HEAD, OPTIONS'",
        "GET, /payments/pay_none/confirm, 'OPTIONS, POST'",
        "PUT, /webhook-endpoints/we_none, 'DELETE, GET, HEAD, OPTIONS, PATCH'",
        "POST, /checkout/pay_none, 'GET, HEAD, OPTIONS'",
        "DELETE, /simulator/load, 'OPTIONS, POST'"
    })
    void a_method_that_a_path_does_not_know_is_answered_with_those_that_it_does(
            String method, String path, String allowed) {
        Response response = as(TestKeys.OPERATOR).request(method, path);

        problem(response, 405, "method_not_allowed");
        assertThat(response.header("Allow")).isEqualTo(allowed);
    }

    @ParameterizedTest
    @CsvSource({
        "/payments, application/json",
        "/payments/pay_none/confirm, application/json",
        "/webhook-endpoints, application/json",
        "/simulator/clock/advance, application/json",
        "/checkout/pay_none/pay, application/x-www-form-urlencoded",
        "/checkout/pay_none/pay, multipart/form-data; boundary=x",
        "/payments, text/plain",
        "/nowhere, application/json"
    })
    void a_chunked_body_without_a_byte_is_answered_like_one_that_says_so(String path, String type) throws Exception {
        // Given
        HttpResponse<String> empty = post(path, type, HttpRequest.BodyPublishers.noBody());

        // When
        HttpResponse<String> chunked =
                post(path, type, HttpRequest.BodyPublishers.ofInputStream(InputStream::nullInputStream));

        // Then
        assertThat(chunked.statusCode()).isEqualTo(empty.statusCode()).isBetween(400, 499);
        assertThat(chunked.body()).isEqualTo(empty.body());
    }

    private static HttpResponse<String> post(String path, String type, HttpRequest.BodyPublisher body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .header("Content-Type", type)
                .timeout(Duration.ofSeconds(5))
                .POST(body)
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void a_chunked_body_is_counted_as_it_arrives() throws Exception {
        // Given
        byte[] body = ("{\"orderId\":\"" + "x".repeat(400_000)).getBytes(StandardCharsets.UTF_8);

        // When
        HttpResponse<String> response = post(
                "/payments",
                "application/json",
                HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)));

        // Then
        assertThat(response.statusCode()).isEqualTo(413);
        assertThat(response.body()).contains("\"code\":\"body_too_large\"");
    }

    @Test
    void the_api_is_documented_where_its_clients_are() {
        assertThat(given().get("/q/openapi").then().statusCode(200).extract().asString())
                .contains("/payments/{id}/confirm:", "/webhook-endpoints:", "/simulator/truth:");
    }

    @Test
    void the_patterns_of_the_document_are_read_by_other_languages_too() {
        assertThat(given().get("/q/openapi?format=json")
                        .then()
                        .statusCode(200)
                        .extract()
                        .asString())
                .contains("\"^(?:[A-Z]{3})$\"", "\"^(?:[^\\\\x00-\\\\x1f\\\\x7f]*)$\"")
                .doesNotContain("\\\\p{");
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

    private static void problem(Response response, int status, String code) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("code")).isEqualTo(code);
        assertThat(response.<Integer>path("status")).isEqualTo(status);
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.header("X-Request-Id")).isNotBlank();
        assertThat(response.asString()).doesNotContain("dev.bellhop").doesNotContain("Exception");
    }
}
