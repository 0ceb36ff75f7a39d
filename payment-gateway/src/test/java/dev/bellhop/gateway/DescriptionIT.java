package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the running service says of itself. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class DescriptionIT {

    private static final String JSON = "application/json";
    private static final String PROBLEM = "application/problem+json";

    private JsonNode api = new ObjectMapper().nullNode();

    @BeforeEach
    void read() throws Exception {
        api = new ObjectMapper().readTree(given().get("/q/openapi?format=json").asString());
    }

    @ParameterizedTest
    @CsvSource({
        "POST /payments,                              201, PaymentView",
        "GET /payments,                               200, PagePaymentView",
        "GET /payments/{id},                          200, PaymentView",
        "POST /payments/{id}/confirm,                 200, PaymentView",
        "POST /payments/{id}/capture,                 200, PaymentView",
        "POST /payments/{id}/cancel,                  200, PaymentView",
        "POST /payments/{id}/refunds,                 201, RefundView",
        "POST /webhook-endpoints,                     201, EndpointView",
        "GET /webhook-endpoints,                      200, PageEndpointView",
        "GET /webhook-endpoints/{id},                 200, EndpointView",
        "PATCH /webhook-endpoints/{id},               200, EndpointView",
        "DELETE /webhook-endpoints/{id},              204,",
        "POST /webhook-endpoints/{id}/rotate-secret,  200, EndpointView",
        "POST /webhook-endpoints/{id}/recover,        202, Resent",
        "GET /events,                                 200, PageEventView",
        "GET /events/{id},                            200, EventView",
        "GET /events/{id}/deliveries,                 200, PageDeliveryEntry",
        "POST /events/{id}/resend,                    202, Resent",
        "GET /simulator/cards,                        200, PageCardView",
        "GET /simulator/plans,                        200, PagePlanView",
        "GET /simulator/plan,                         200, FaultPlan",
        "PUT /simulator/plan,                         200, FaultPlan",
        "DELETE /simulator/plan,                      204,",
        "POST /simulator/reset,                       204,",
        "GET /simulator/clock,                        200, Now",
        "PUT /simulator/clock,                        200, Now",
        "POST /simulator/clock/advance,               200, Now",
        "POST /simulator/load,                        202, Started",
        "GET /simulator/load/{id},                    200, Progress",
        "GET /simulator/truth,                        200, PageTruthView",
        "GET /simulator/truth/summary,                200, Counts",
        "GET /checkout/{id},                          200,",
        "POST /checkout/{id}/pay,                     303,",
        "POST /checkout/{id}/decline,                 303,",
    })
    void every_call_says_how_it_succeeds(String call, String status, String schema) {
        JsonNode responses = operation(call).path("responses");

        assertThat(responses.properties())
                .filteredOn(response -> response.getKey().matches("2..|303"))
                .extracting(response -> response.getKey() + " "
                        + response.getValue()
                                .at("/content/application~1json/schema/$ref")
                                .asText()
                                .replaceFirst(".*/", ""))
                .containsExactly(status + " " + (schema == null ? "" : schema));
    }

    @Test
    void the_truth_comes_by_lines_too() {
        assertThat(operation("GET /simulator/truth")
                        .at("/responses/200/content/application~1x-ndjson/schema/$ref")
                        .asText())
                .endsWith("/TruthView");
    }

    @ParameterizedTest
    @CsvSource({
        "POST /payments/{id}/confirm, card",
        "POST /payments/{id}/capture, amount",
        "POST /payments/{id}/refunds, amount",
        "POST /webhook-endpoints/{id}/rotate-secret, secret"
    })
    void a_body_that_can_be_left_out_is_described_as_such(String call, String field) {
        JsonNode body = operation(call).path("requestBody");

        assertThat(body.path("required").asBoolean()).isFalse();
        assertThat(body.path("content").fieldNames()).toIterable().containsExactly(JSON);
        assertThat(schema(body.at("/content/application~1json/schema"))
                        .path("properties")
                        .fieldNames())
                .toIterable()
                .contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST /payments              | 400 | malformed_json unknown_field invalid_field validation_failed invalid_idempotency_key",
                "POST /payments              | 415 | unsupported_media_type",
                "POST /payments              | 422 | unknown_currency idempotency_key_reused",
                "POST /payments              | 429 | simulated_fault",
                "POST /payments              | 503 | unavailable simulated_fault",
                "GET /payments               | 400 | invalid_limit invalid_cursor invalid_status invalid_time validation_failed",
                "GET /payments               | 412 | precondition_failed",
                "GET /payments/{id}          | 404 | payment_not_found",
                "GET /payments/{id}          | 412 | precondition_failed",
                "GET /payments/{id}          | 429 | rate_limited simulated_fault",
                "POST /payments/{id}/confirm | 409 | payment_already_paid payment_already_authorized payment_being_processed payment_cancelled payment_fully_refunded",
                "POST /payments/{id}/confirm | 422 | unknown_card idempotency_key_reused",
                "POST /payments/{id}/capture | 409 | payment_not_authorized payment_already_paid payment_cancelled payment_fully_refunded",
                "POST /payments/{id}/capture | 422 | payment_too_much idempotency_key_reused",
                "POST /payments/{id}/cancel  | 409 | payment_already_paid payment_being_processed payment_cancelled payment_fully_refunded",
                "POST /payments/{id}/cancel  | 422 | idempotency_key_reused",
                "POST /payments/{id}/refunds | 409 | payment_not_paid payment_cancelled payment_fully_refunded",
                "POST /payments/{id}/refunds | 422 | payment_too_much idempotency_key_reused",
                "POST /webhook-endpoints     | 400 | invalid_url invalid_style invalid_event invalid_secret",
                "POST /webhook-endpoints/{id}/rotate-secret | 400 | invalid_secret invalid_overlap",
                "POST /webhook-endpoints/{id}/rotate-secret | 409 | too_many_secrets",
                "POST /webhook-endpoints/{id}/recover | 400 | invalid_time",
                "GET /events                 | 400 | invalid_event invalid_time invalid_cursor invalid_limit",
                "GET /events/{id}            | 404 | event_not_found",
                "PUT /simulator/plan         | 400 | invalid_plan malformed_json",
                "PUT /simulator/clock        | 400 | invalid_time",
                "POST /simulator/clock/advance | 400 | invalid_duration",
                "POST /simulator/clock/advance | 409 | clock_is_moving",
                "POST /simulator/load        | 422 | unknown_currency",
                "GET /simulator/load/{id}    | 404 | load_not_found",
                "POST /checkout/{id}/pay     | 422 | unknown_card",
            })
    void a_refusal_says_its_codes(String call, String status, String codes) {
        JsonNode response = response(call, status);

        assertThat(response.path("description").asText().split("[^a-z_]+")).contains(codes.split(" "));
        assertThat(response.path("content").fieldNames()).toIterable().containsExactly(PROBLEM);
    }

    @Test
    void what_every_call_can_meet_is_said_of_each() {
        for (String call : calls()) {
            for (String status : List.of("400", "406", "413", "415", "500", "503")) {
                assertThat(response(call, status).path("content").has(PROBLEM))
                        .as(call + " " + status)
                        .isTrue();
            }
            assertThat(response(call, "503").path("headers").has("Retry-After"))
                    .as(call)
                    .isTrue();
        }
    }

    @Test
    void who_may_call_is_described_as_it_is() {
        assertThat(api.at("/components/securitySchemes/apiKey/scheme").asText()).isEqualTo("bearer");

        for (String call : calls()) {
            JsonNode security = operation(call).path("security");
            String scope = security.at("/0/apiKey/0").asText();
            Response strangers = ask(given(), call);
            Response readers = ask(as(TestKeys.READER), call);

            assertThat(strangers.statusCode() == 401)
                    .as(call + " without a key")
                    .isEqualTo(!scope.isEmpty())
                    .isEqualTo(operation(call).path("responses").has("401"));
            assertThat(readers.statusCode() == 403)
                    .as(call + " with a reader's key")
                    .isEqualTo(!Set.of("", "payments:read").contains(scope))
                    .isEqualTo(!scope.isEmpty()
                            && !scope.equals("payments:read")
                            && operation(call).path("responses").has("403"));
        }
    }

    @Test
    void nobody_answers_in_csv() {
        assertThat(calls()).allSatisfy(call -> assertThat(
                        ask(as(TestKeys.OPERATOR).accept("text/csv"), call).statusCode())
                .isEqualTo(406));
    }

    private Response ask(RequestSpecification as, String call) {
        String[] words = call.split(" ", 2);
        operation(call).at("/requestBody/content").fieldNames().forEachRemaining(as::contentType);
        return as.redirects().follow(false).request(words[0], words[1].replaceAll("\\{.*?}", "none"));
    }

    @ParameterizedTest
    @CsvSource({
        "POST /payments,             Idempotency-Key",
        "POST /payments/{id}/confirm, Idempotency-Key",
        "POST /payments/{id}/capture, Idempotency-Key",
        "POST /payments/{id}/cancel,  Idempotency-Key",
        "POST /payments/{id}/refunds, Idempotency-Key",
        "GET /payments,              If-None-Match",
        "GET /payments/{id},         If-None-Match",
        "GET /payments/{id},         If-Match"
    })
    void the_headers_of_a_call_are_named(String call, String header) {
        JsonNode parameter = parameter(call, header);

        assertThat(parameter.path("in").asText()).isEqualTo("header");
        assertThat(parameter.path("required").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "POST /payments,                   201, Location Idempotency-Replayed",
        "POST /payments/{id}/confirm,      200, Idempotency-Replayed",
        "POST /payments/{id}/refunds,      201, Location Idempotency-Replayed",
        "POST /webhook-endpoints,          201, Location",
        "POST /simulator/load,             202, Location",
        "POST /checkout/{id}/pay,          303, Location",
        "GET /payments,                    200, ETag RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "GET /payments/{id},               200, ETag RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "GET /payments/{id},               304, ETag RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "GET /payments/{id},               404, RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "GET /payments/{id},               429, Retry-After RateLimit-Limit RateLimit-Remaining RateLimit-Reset",
        "POST /payments/{id}/capture,      429, Retry-After",
        "GET /payments/{id},               401, WWW-Authenticate",
    })
    void the_headers_of_an_answer_are_named(String call, String status, String headers) {
        assertThat(response(call, status).path("headers").fieldNames())
                .toIterable()
                .containsExactlyInAnyOrder(headers.split(" "));
    }

    @ParameterizedTest
    @CsvSource({"GET /payments", "GET /events", "GET /webhook-endpoints", "GET /simulator/truth"})
    void a_limit_is_a_number_of_the_range_that_is_taken(String call) {
        JsonNode schema = parameter(call, "limit").path("schema");

        assertThat(schema.path("type").asText()).isEqualTo("integer");
        assertThat(schema.path("minimum").asInt()).isEqualTo(1);
        assertThat(schema.path("maximum").asInt()).isEqualTo(100);
    }

    @Test
    void who_chooses_is_told_between_what() {
        assertThat(parameter("GET /payments", "status").at("/schema/enum").toString())
                .contains("PartiallyRefunded");
        assertThat(parameter("GET /events", "type").at("/schema/enum").toString())
                .contains("refund_failed");
        JsonNode endpoint = api.at("/components/schemas/NewEndpoint/properties");
        assertThat(endpoint.at("/style/enum").toString()).contains("standard-webhooks-asymmetric");
        assertThat(endpoint.at("/events/items/enum").toString()).contains("payment_success");
        assertThat(parameter("POST /webhook-endpoints/{id}/recover", "since")
                        .path("required")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void every_example_has_the_fields_of_what_it_is_an_example_of() {
        int examples = 0;
        for (JsonNode content : api.path("paths").findValues("content")) {
            for (JsonNode type : content) {
                JsonNode fields = schema(type.path("schema")).path("properties");
                if (type.path("example").isObject() && !fields.isEmpty()) {
                    examples++;
                    assertThat(fields.fieldNames())
                            .toIterable()
                            .as(type.path("example").toString())
                            .containsAll(type.path("example")::fieldNames);
                }
            }
        }
        assertThat(examples).isGreaterThan(20);
    }

    private List<String> calls() {
        List<String> calls = new ArrayList<>();
        api.path("paths").properties().forEach(path -> path.getValue()
                .fieldNames()
                .forEachRemaining(method -> calls.add(method.toUpperCase(Locale.ROOT) + " " + path.getKey())));
        assertThat(calls).hasSizeGreaterThan(30);
        return calls;
    }

    private JsonNode operation(String call) {
        String[] words = call.split(" ", 2);
        return api.path("paths").path(words[1]).path(words[0].toLowerCase(Locale.ROOT));
    }

    private JsonNode parameter(String call, String name) {
        return operation(call)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not described"));
    }

    private JsonNode response(String call, String status) {
        return schema(operation(call).path("responses").path(status));
    }

    /** Or whatever else can be said somewhere else. */
    private JsonNode schema(JsonNode said) {
        return said.has("$ref") ? api.at(said.path("$ref").asText().substring(1)) : said;
    }
}
