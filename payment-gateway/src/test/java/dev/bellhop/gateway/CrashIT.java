package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.RealPostgres;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The packaged service as a process of its own, killed in the middle of its work. */
class CrashIT {

    private static final int PAYMENTS = 10_000;

    @Test
    void nothing_is_lost_when_the_process_is_killed_while_ten_thousand_deliveries_are_due() throws Exception {
        // Given
        Map<String, String> database = new RealPostgres().start();
        Map<String, String> keys = new TestKeys().start();
        int port = freePort();
        try (RecordingReceiver receiver = new RecordingReceiver()) {
            Process first = start(port, database, keys);
            try {
                as(port, "{\"url\":\"" + receiver.url() + "\"}")
                        .post("/webhook-endpoints")
                        .then()
                        .statusCode(201);
                as(port, "{\"payments\":" + PAYMENTS + ",\"ratePerSecond\":50000,\"orderPrefix\":\"crash-\"}")
                        .post("/simulator/load")
                        .then()
                        .statusCode(202);
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> summary(port).getInt("payments") == PAYMENTS
                                && !receiver.received().isEmpty());
                assertThat(summary(port).getInt("pending")).isGreaterThan(1_000);
            } finally {
                // When
                first.destroyForcibly().waitFor();
            }
            Process second = start(port, database, keys);
            try {
                // Then
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() ->
                                assertThat(summary(port).getInt("delivered")).isEqualTo(PAYMENTS));
                Set<String> events = new HashSet<>();
                receiver.received().forEach(webhook -> events.add(webhook.header("webhook-id")));
                int sent = receiver.received().size();
                int recorded = summary(port).getInt("attempts");
                assertThat(events).hasSize(PAYMENTS);
                assertThat(summary(port).getInt("acknowledged")).isEqualTo(recorded);
                // What was under way at the moment of the kill was sent without being recorded: at most every place.
                assertThat(sent - recorded).isBetween(0, 64);
            } finally {
                second.destroyForcibly().waitFor();
            }
        }
    }

    private static RequestSpecification as(int port, String body) {
        return RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .contentType("application/json")
                .body(body);
    }

    private static JsonPath summary(int port) {
        return RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .get("/simulator/truth/summary?prefix=crash-")
                .jsonPath();
    }

    private static Process start(int port, Map<String, String> database, Map<String, String> keys) throws IOException {
        int management = freePort();
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        database.forEach((name, value) -> command.add("-D" + name + "=" + value));
        keys.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.add("-Dquarkus.management.port=" + management);
        command.add("-jar");
        command.add("target/quarkus-app/quarkus-run.jar");
        Path log = Path.of("target", "crash-it.log");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .start();
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            assertThat(process.isAlive())
                    .as("see %s", Files.exists(log) ? log : "no log")
                    .isTrue();
            return RestAssured.given().port(management).get("/q/health/ready").statusCode() == 200;
        });
        return process;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
