package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HttpsCertificateFetchTest {

    private static final byte[] BODY = "a certificate".getBytes(StandardCharsets.UTF_8);

    private final HttpsCertificateFetch fetch = new HttpsCertificateFetch();
    private final CountDownLatch over = new CountDownLatch(1);
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private HttpServer host;

    @BeforeEach
    void listen() throws IOException {
        host = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        host.setExecutor(threads);
        host.createContext("/status/", HttpsCertificateFetchTest::answer);
        host.createContext("/silent", exchange -> linger());
        host.createContext("/slow", this::drip);
        host.start();
    }

    @AfterEach
    void hangUp() {
        over.countDown();
        host.stop(0);
        threads.shutdownNow();
    }

    @Test
    void what_is_there_is_got() throws IOException {
        assertThat(fetch.get(url("/status/200"))).isEqualTo(BODY);
    }

    @Test
    void what_the_host_denies_or_has_moved_is_nothing() throws IOException {
        for (int status : new int[] {301, 400, 403, 404, 410}) {
            assertThat(fetch.get(url("/status/" + status))).as("%d", status).isEmpty();
        }
    }

    @Test
    void a_host_that_is_unwell_or_wants_to_be_left_alone_cannot_tell() {
        for (int status : new int[] {408, 429, 500, 502, 503}) {
            assertThatThrownBy(() -> fetch.get(url("/status/" + status)))
                    .isInstanceOf(IOException.class)
                    .hasMessage("status " + status);
        }
    }

    @Test
    void a_host_that_is_not_there_cannot_tell() {
        String url = url("/status/200");
        host.stop(0);

        assertThatThrownBy(() -> fetch.get(url)).isInstanceOf(IOException.class);
    }

    @Test
    void nobody_waits_longer_than_the_bound_for_a_head_or_a_body() {
        for (String path : new String[] {"/silent", "/slow"}) {
            long begin = System.nanoTime();

            assertThatThrownBy(() -> fetch.get(url(path))).as(path).isInstanceOf(IOException.class);

            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .as(path)
                    .isBetween(HttpsCertificateFetch.PATIENCE, HttpsCertificateFetch.PATIENCE.multipliedBy(5));
        }
    }

    private String url(String path) {
        return "http://127.0.0.1:" + host.getAddress().getPort() + path;
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        exchange.getResponseHeaders().add("Location", "/status/200");
        exchange.sendResponseHeaders(Integer.parseInt(path.substring("/status/".length())), BODY.length);
        exchange.getResponseBody().write(BODY);
        exchange.close();
    }

    /** A head, and a part of a body. */
    private void drip(HttpExchange exchange) throws IOException {
        exchange.sendResponseHeaders(200, BODY.length + 1L);
        exchange.getResponseBody().write(BODY);
        exchange.getResponseBody().flush();
        linger();
    }

    private void linger() {
        try {
            assertThat(over.await(60, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
