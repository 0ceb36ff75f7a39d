package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.Described;
import dev.bellhop.testing.HostileRequests;
import dev.bellhop.testing.Wire;
import dev.bellhop.testing.Wire.Answer;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What no client library sends. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class HostileRequestsIT extends HostileRequests {

    @Inject
    MeterRegistry registry;

    HostileRequestsIT() {
        super("/orders", "/none/cancel", TestKeys.ALICE, 65_536);
    }

    @Override
    protected int port() {
        return RestAssured.port;
    }

    @Override
    protected String valid() {
        Shop.product();
        return "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";
    }

    @Override
    protected void refused(String method, String path, Answer problem) {
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

    @Test
    void a_body_is_taken_as_it_is_or_not_at_all() throws IOException {
        for (String coding : List.of("gzip", "br", "identity, gzip")) {
            String headers = key() + "Content-Type: application/json\r\nContent-Encoding: " + coding + "\r\n";
            problem(post("/orders", headers, "{}"), 415, "unsupported_media_type");
        }
        String plain = key() + "Content-Type: application/json\r\nContent-Encoding: Identity\r\n";
        problem(post("/orders", plain, "{}"), 400, "validation_failed");
    }

    @Test
    void a_body_of_a_blank_media_type_is_no_json() throws IOException {
        problem(post("/orders", key() + "Content-Type: \r\n", "{}"), 415, "unsupported_media_type");
        problem(post("/orders/none/cancel", key() + "Content-Type: \r\n", "{}"), 415, "unsupported_media_type");
    }

    @Test
    void a_stream_has_no_body_to_wait_for() throws IOException {
        // Given
        String id = Shop.placed();
        try (Wire watching = new Wire(RestAssured.port)) {
            watching.write("GET /orders/" + id + "/stream HTTP/1.1\r\nHost: x\r\n" + key()
                    + "Accept: text/event-stream\r\nConnection: close\r\n\r\n");
            // as long as a body may take
            a_body_that_stalls_is_given_up("Content-Length: 50\r\n\r\n{");

            // When
            as(TestKeys.ALICE).post("/orders/" + id + "/cancel").then().statusCode(200);

            // Then
            assertThat(watching.answer().body()).contains("\"status\":\"Pending\"", "\"status\":\"Cancelled\"");
        }
    }

    @Test
    void who_is_told_to_go_on_may_go_on() throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            Answer answer = wire.write("POST /orders HTTP/1.1\r\n" + LAST + key() + JSON
                            + "Content-Length: 2\r\nExpect: 100-continue\r\n\r\n{}")
                    .answer();

            assertThat(answer.status()).isEqualTo(100);
            assertThat(answer.body()).contains("validation_failed");
        }
    }

    @Test
    void a_form_that_cannot_be_decoded_is_refused() throws IOException {
        Answer answer =
                answer(post("/console/login", "Content-Type: application/x-www-form-urlencoded\r\n", "key=%zz"));

        assertThat(answer.status()).isEqualTo(400);
    }
}
