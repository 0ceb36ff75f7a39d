package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Receivers whose answers are no proper HTTP. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class HostileReceiverIT {

    private String endpointId = "";

    @AfterEach
    void forget() {
        Client.delete(endpointId);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.\0 200 OK\r\n\r\n",
                "HTTP/1.1 2\0 OK\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 200 O\0K\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 no\r\nContent-Length: \0\r\n\r\n",
                "HTTP/1.1 503 no\r\nRetry-After: \0\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 no\r\nX\0: y\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 503 no\r\nTransfer-Encoding: chunked\r\n\r\n\0\r\n\r\n",
            })
    void the_attempt_is_recorded_whatever_the_answer_is(String answer) throws IOException {
        AtomicInteger calls = new AtomicInteger();
        String order = "answered by " + answer.replace("\0", "NUL").strip().replaceAll("\\p{Cntrl}", "");
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            // Given
            var unused = CompletableFuture.runAsync(() -> answer(server, answer, calls));
            endpointId = Client.endpoint("{\"url\":\"http://127.0.0.1:" + server.getLocalPort() + "/\"}")
                    .getString("endpointId");

            // When
            pay(newPayment(order, 5));

            // Then
            await().untilAsserted(() -> assertThat(calls).hasPositiveValue());
            await().untilAsserted(() -> assertThat(log(order)).hasSize(1));
        }
    }

    private static List<Object> log(String order) {
        String event = as(TestKeys.OPERATOR)
                .queryParam("orderId", order)
                .get("/events")
                .path("data[0].eventId");
        return as(TestKeys.OPERATOR)
                .get("/events/" + event + "/deliveries")
                .jsonPath()
                .getList("data[0].log");
    }

    private static void answer(ServerSocket server, String answer, AtomicInteger calls) {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                if (socket.getInputStream().read(new byte[8192]) > 0) {
                    calls.incrementAndGet();
                }
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            } catch (IOException e) {
                // the next one, if there is any
            }
        }
    }
}
