package dev.bellhop.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        Surroundings.await(vertx.close());
    }

    @Test
    void a_stall_of_the_server_counts_against_every_request_that_was_due_meanwhile() {
        // Given
        AtomicInteger seen = new AtomicInteger();
        HttpServer server = Surroundings.await(vertx.createHttpServer()
                .requestHandler(request -> {
                    long delay = seen.incrementAndGet() == 200 ? 300 : 1;
                    vertx.setTimer(delay, timer -> request.response().end());
                })
                .listen(0, "127.0.0.1"));

        // When
        Figures figures = Surroundings.await(Load.constant(
                vertx,
                1,
                200,
                Duration.ZERO,
                Duration.ofSeconds(2),
                n -> Call.get(server.actualPort(), "/", MultiMap.caseInsensitiveMultiMap())));

        // Then
        assertThat(figures.count(200)).isBetween(390L, 400L);
        assertThat(figures.maxMillis()).isGreaterThanOrEqualTo(290);
        assertThat(figures.p50Millis()).isLessThan(100);
        // One connection, 300 ms, 200 requests a second: some 60 requests waited; a closed loop would have seen one.
        assertThat(figures.p99Millis()).isGreaterThan(150);
    }

    @Test
    void a_slow_rate_does_not_count_the_pause_before_a_request() {
        // Given
        HttpServer server = Surroundings.await(vertx.createHttpServer()
                .requestHandler(request -> request.response().end())
                .listen(0, "127.0.0.1"));

        // When
        Figures figures = Surroundings.await(Load.constant(
                vertx,
                1,
                2,
                Duration.ZERO,
                Duration.ofSeconds(2),
                n -> Call.get(server.actualPort(), "/", MultiMap.caseInsensitiveMultiMap())));

        // Then
        assertThat(figures.count(200)).isBetween(3L, 5L);
        assertThat(figures.p50Millis()).isLessThan(250);
    }

    @Test
    void what_nobody_answers_is_counted_as_status_0() {
        // When
        Figures figures = Surroundings.await(Load.constant(
                vertx,
                4,
                50,
                Duration.ZERO,
                Duration.ofSeconds(1),
                n -> Call.get(1, "/", MultiMap.caseInsensitiveMultiMap())));

        // Then
        assertThat(figures.count(0)).isBetween(45L, 50L);
        assertThat(figures.ratePerSecond()).isZero();
    }

    @Test
    void a_figure_is_the_median_of_its_rounds() {
        assertThat(Measurement.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(Measurement.median(List.of(4.0, 1.0))).isEqualTo(2.5);
    }
}
