package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Nobody waits for the end of a body that ended before it began. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class EmptyChunksIT {

    @ParameterizedTest
    @CsvSource({
        "POST,   /orders,              application/json",
        "PATCH,  /orders/none,         application/json",
        "POST,   /orders/none/cancel,  application/json",
        "POST,   /orders/none/payment, application/json",
        "PUT,    /products/none,       application/json",
        "POST,   /api-keys,            application/json",
        "POST,   /console/login,       application/x-www-form-urlencoded",
        "POST,   /nowhere,             application/json"
    })
    void a_chunked_body_without_a_byte_is_answered_like_one_that_says_so(String method, String path, String type)
            throws Exception {
        HttpResponse<String> empty = send(method, path, type, HttpRequest.BodyPublishers.noBody());

        HttpResponse<String> chunked =
                send(method, path, type, HttpRequest.BodyPublishers.ofInputStream(InputStream::nullInputStream));

        assertThat(chunked.statusCode()).isEqualTo(empty.statusCode()).isBetween(303, 499);
    }

    private static HttpResponse<String> send(String method, String path, String type, HttpRequest.BodyPublisher body)
            throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(RestAssured.baseURI + ":" + RestAssured.port + path))
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .header("Content-Type", type)
                .timeout(Duration.ofSeconds(5))
                .method(method, body)
                .build();
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .build()
                .send(request, HttpResponse.BodyHandlers.ofString());
    }
}
