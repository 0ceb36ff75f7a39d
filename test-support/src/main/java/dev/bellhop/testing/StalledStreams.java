package dev.bellhop.testing;

import static org.assertj.core.api.Assertions.assertThat;

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
public abstract class StalledStreams {

    private static final int SOON_SECONDS = 20;

    private static Vertx vertx;
    private static HttpClient client;

    private final String collection;
    private final String apiKey;

    /**
     * @param collection where one posts JSON to make something, such as {@code /orders}
     * @param apiKey that may do so
     */
    protected StalledStreams(String collection, String apiKey) {
        this.collection = collection;
        this.apiKey = apiKey;
    }

    /** A body with which something is made in the collection. */
    protected abstract String valid();

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
    protected final void a_body_that_stalls_is_given_up_and_its_connection_serves_the_next() throws Exception {
        // Given
        HttpClientRequest stalled = post(apiKey);
        CompletableFuture<Throwable> end = end(stalled);
        Future<Buffer> problem = stalled.response().compose(HttpClientResponse::body);

        // When
        got(stalled.setChunked(true).write("{"));

        // Then
        HttpClientResponse answer = got(stalled.response());
        assertThat(answer.version()).isEqualTo(HttpVersion.HTTP_2);
        assertThat(answer.statusCode()).isEqualTo(408);
        assertThat(answer.getHeader("Content-Type")).isEqualTo("application/problem+json");
        assertThat(answer.getHeader("X-Request-Id")).isNotEmpty();
        assertThat(got(problem).toString()).contains("body_too_slow");
        assertThat(end.get(SOON_SECONDS, TimeUnit.SECONDS)).isInstanceOf(StreamResetException.class);
        HttpClientRequest next = post(apiKey);
        assertThat(got(next.send(valid())).statusCode()).isEqualTo(201);
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

    /** Java's own client begins so. */
    @Test
    void a_body_that_stalls_on_the_way_to_http_2_is_given_up_with_its_connection() throws IOException {
        try (Wire wire = new Wire(RestAssured.port)) {
            wire.write("POST " + collection
                    + " HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\n"
                    + "HTTP2-Settings: AAMAAABkAAQAoAAAAAIAAAAA\r\nAuthorization: Bearer " + apiKey + "\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 50\r\n\r\n{");

            Wire.Answer answer = wire.answer();

            assertThat(answer.status()).isEqualTo(101);
            assertThat(answer.body()).contains("\"status\":408", "body_too_slow");
        }
    }

    private HttpClientRequest post(String key) throws Exception {
        return request(HttpMethod.POST, collection, key).putHeader("Content-Type", "application/json");
    }

    protected static HttpClientRequest request(HttpMethod method, String path, String key) throws Exception {
        return got(client.request(method, RestAssured.port, "127.0.0.1", path))
                .putHeader("Authorization", "Bearer " + key);
    }

    private static CompletableFuture<Throwable> end(HttpClientRequest request) {
        CompletableFuture<Throwable> end = new CompletableFuture<>();
        request.exceptionHandler(end::complete);
        return end;
    }

    protected static <T> T got(Future<T> future) throws Exception {
        return future.toCompletionStage().toCompletableFuture().get(SOON_SECONDS, TimeUnit.SECONDS);
    }
}
