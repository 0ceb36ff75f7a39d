package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.chassis.Problem;
import dev.bellhop.testing.Wire;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.StreamResetException;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A connection of HTTP/2 has many streams: one whose body stalls ends alone, and in time. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class StalledStreamsIT {

    private static final int SOON_SECONDS = 20;
    private static final String ORDER =
            "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";

    private static Vertx vertx;
    private static HttpClient client;

    @BeforeAll
    static void one_connection() {
        vertx = Vertx.vertx();
        client = vertx.createHttpClient(
                new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    }

    @AfterAll
    static void no_connection() throws Exception {
        got(vertx.close());
    }

    @Test
    void a_body_that_stalls_is_given_up_and_its_connection_serves_the_next() throws Exception {
        // Given
        Shop.product();
        HttpClientRequest stalled = post(TestKeys.ALICE);
        CompletableFuture<Throwable> end = end(stalled);
        Future<Buffer> problem = stalled.response().compose(HttpClientResponse::body);

        // When
        got(stalled.setChunked(true).write("{"));

        // Then
        HttpClientResponse answer = got(stalled.response());
        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.getHeader("Content-Type")).isEqualTo(Problem.MEDIA_TYPE);
        assertThat(answer.getHeader("X-Request-Id")).isNotEmpty();
        assertThat(got(problem).toString()).contains("body_too_slow");
        assertThat(end.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
        HttpClientRequest next = post(TestKeys.ALICE);
        assertThat(got(next.send(ORDER)).statusCode()).isEqualTo(201);
        assertThat(next.connection()).isSameAs(stalled.connection());
    }

    @Test
    void a_body_that_stalls_does_not_keep_its_stream_when_it_was_refused() throws Exception {
        // Given
        HttpClientRequest stalled = post("a-key-of-nobody-0123456789");
        CompletableFuture<Throwable> end = end(stalled);

        // When
        got(stalled.setChunked(true).write("{"));

        // Then
        assertThat(got(stalled.response()).statusCode()).isEqualTo(401);
        assertThat(end.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
    }

    @Test
    void an_answer_may_take_longer_than_a_body() throws Exception {
        // Given
        String id = Shop.placed();
        HttpClientRequest watching =
                got(client.request(HttpMethod.GET, RestAssured.port, "127.0.0.1", "/orders/" + id + "/stream"));
        watching.putHeader("Authorization", "Bearer " + TestKeys.ALICE).putHeader("Accept", "text/event-stream");
        Future<Buffer> heard = watching.send().compose(HttpClientResponse::body);
        // as long as a body may take
        a_body_that_stalls_is_given_up_and_its_connection_serves_the_next();

        // When
        as(TestKeys.ALICE).post("/orders/" + id + "/cancel").then().statusCode(200);

        // Then
        assertThat(got(heard).toString()).contains("\"status\":\"Pending\"", "\"status\":\"Cancelled\"");
    }

    /** Java's own client begins so. */
    @Test
    void a_body_that_stalls_on_the_way_to_http_2_is_given_up_with_its_connection() throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            wire.write("POST /orders HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nAuthorization: Bearer " + TestKeys.ALICE + "\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{");

            Wire.Answer answer = wire.answer();

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.body()).contains("\"status\":408", "body_too_slow");
        }
    }

    private static HttpClientRequest post(String key) throws Exception {
        return got(client.request(HttpMethod.POST, RestAssured.port, "127.0.0.1", "/orders"))
                .putHeader("Authorization", "Bearer " + key)
                .putHeader("Content-Type", "application/json");
    }

    private static CompletableFuture<Throwable> end(HttpClientRequest request) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        request.exceptionHandler(end::complete);
        return end;
    }

    private static <T> T got(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON_SECONDS, TimeUnit.SECONDS);
    }
}
