package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.Wire;
import dev.bellhop.testing.Wire.Answer;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What no client library sends. Where the server does not hang up, these tests fail. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class HostileRequestsIT {

    private static final String KEY = "Authorization: Bearer " + TestKeys.ALICE + "\r\n";
    private static final String LAST = "Host: x\r\nConnection: close\r\n";

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

    @ParameterizedTest
    @ValueSource(strings = {"garbage", "/", "a/b/c", ";;", "application/json, text/plain", "text/plain", ""})
    void a_body_of_no_media_type_is_no_json(String type) throws IOException {
        String header = KEY + "Content-Type: " + type + "\r\n";

        problem(post("/orders", header, "{}"), 415, "unsupported_media_type");
        problem(post("/orders/none/cancel", header, "{}"), 415, "unsupported_media_type");
    }
}
