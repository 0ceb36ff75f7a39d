package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the API's description, as the build wrote it down, says of requests. */
class DescriptionIT {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final JsonNode api;

    DescriptionIT() throws IOException {
        this.api = JSON.readTree(Path.of("target", "openapi", "openapi.json").toFile());
    }

    /** Those of Bean Validation mean the whole text, those of JSON Schema any part of it; and only Java knows its classes. */
    @Test
    void every_pattern_means_to_others_what_it_means_to_us() {
        // When
        List<String> patterns = api.findValuesAsText("pattern");

        // Then
        assertThat(patterns)
                .isNotEmpty()
                .allSatisfy(pattern ->
                        assertThat(pattern).startsWith("^").endsWith("$").doesNotContain("\\p"));
    }

    @Test
    void a_refund_says_how_much_and_why() {
        // When
        JsonNode fields = optionalBody("/orders/{id}/refund");

        // Then
        assertThat(fields.fieldNames()).toIterable().containsExactlyInAnyOrder("amount", "reason");
        assertThat(fields.at("/amount/type").asText()).isEqualTo("integer");
        assertThat(fields.at("/amount/minimum").asInt()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/orders/{id}/ship",
                "/orders/{id}/deliver",
                "/orders/{id}/cancel",
                "/webhook-events/{id}/replay",
                "/dead-letters/{origin}/redrive"
            })
    void a_reason_may_be_given(String path) {
        // When
        JsonNode fields = optionalBody(path);

        // Then
        assertThat(fields.fieldNames()).toIterable().containsExactly("reason");
        assertThat(fields.at("/reason/maxLength").asInt()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource({
        "/orders/{id}, patch, If-Match, true",
        "/orders/{id}, delete, If-Match, true",
        "/orders/{id}/review/resolve, post, If-Match, false",
        "/orders/{id}/payment, post, If-Match, false",
        "/orders/{id}/ship, post, If-Match, false",
        "/orders/{id}/deliver, post, If-Match, false",
        "/orders/{id}/cancel, post, If-Match, false",
        "/orders/{id}/refund, post, If-Match, false",
        "/orders/{id}, get, If-None-Match, false",
        "/orders/{id}/stream, get, Last-Event-ID, false"
    })
    void the_headers_of_a_call_are_named(String path, String method, String header, boolean required) {
        // When
        JsonNode parameter = parameter(path, method, header);

        // Then
        assertThat(parameter.path("in").asText()).isEqualTo("header");
        assertThat(parameter.path("required").asBoolean()).isEqualTo(required);
    }

    @ParameterizedTest
    @CsvSource({"/orders, status, Delivered", "/customers/{id}/orders, status, Paid", "/webhook-events, status, parked"
    })
    void who_looks_for_a_status_is_told_which_there_are(String path, String name, String one) {
        // When
        JsonNode parameter = parameter(path, "get", name);

        // Then
        assertThat(parameter.at("/schema/enum").valueStream().map(JsonNode::asText))
                .contains(one);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/orders", "/products", "/api-keys", "/webhook-events", "/dead-letters"})
    void a_limit_is_a_number_of_the_range_that_is_taken(String path) {
        // When
        JsonNode schema = parameter(path, "get", "limit").path("schema");

        // Then
        assertThat(schema.path("type").asText()).isEqualTo("integer");
        assertThat(schema.path("minimum").asInt()).isEqualTo(1);
        assertThat(schema.path("maximum").asInt()).isEqualTo(100);
    }

    private JsonNode operation(String path, String method) {
        return api.path("paths").path(path).path(method);
    }

    private JsonNode parameter(String path, String method, String name) {
        return operation(path, method)
                .path("parameters")
                .valueStream()
                .filter(parameter -> parameter.path("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is not described"));
    }

    /** The fields of a body that can be left out. */
    private JsonNode optionalBody(String path) {
        JsonNode body = operation(path, "post").path("requestBody");
        assertThat(body.path("required").asBoolean()).isFalse();
        assertThat(body.path("content").fieldNames()).toIterable().containsExactly("application/json");
        return body.at("/content/application~1json/schema/properties");
    }
}
