package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.local.Ports;
import dev.bellhop.testing.Wire;
import io.restassured.RestAssured;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, ready to be killed. */
final class PackagedGateway implements AutoCloseable {

    private static final Path LOG = Path.of("target", "packaged-gateway.log");

    private final Process process;
    private final int port;
    private final int management;

    private PackagedGateway(Process process, int port, int management) {
        this.process = process;
        this.port = port;
        this.management = management;
    }

    /** Returns once it is ready. */
    @SafeVarargs
    static PackagedGateway start(Map<String, String>... settings) throws IOException {
        int port = Ports.free();
        int management = Ports.free();
        Process process = new ProcessBuilder(command(port, management, settings))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(LOG.toFile()))
                .start();
        PackagedGateway gateway = new PackagedGateway(process, port, management);
        await().atMost(Duration.ofMinutes(1)).ignoreExceptions().until(() -> {
            assertThat(process.isAlive()).as("see %s", LOG).isTrue();
            return gateway.management("/q/health/ready").statusCode() == 200;
        });
        return gateway;
    }

    /** The exit code and the log of one that is configured so that it does not start. */
    @SafeVarargs
    static String refusal(Map<String, String>... settings) throws IOException, InterruptedException {
        Process refusing = new ProcessBuilder(command(Ports.free(), Ports.free(), settings))
                .redirectErrorStream(true)
                .start();
        String said = new String(refusing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return "exit " + refusing.waitFor() + "\n" + said;
    }

    @SafeVarargs
    private static List<String> command(int port, int management, Map<String, String>... settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + port);
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.add("-Dquarkus.management.port=" + management);
        for (Map<String, String> some : settings) {
            some.forEach((name, value) -> command.add("-D" + name + "=" + value));
        }
        command.add("-jar");
        command.add("target/quarkus-app/quarkus-run.jar");
        return command;
    }

    private Response management(String path) {
        return RestAssured.given().port(management).get(path);
    }

    /** A connection for what no client library sends. */
    Wire wire() throws IOException {
        return new Wire(port);
    }

    /** A call of the operator. */
    RequestSpecification operator(String body) {
        return RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .contentType("application/json")
                .body(body);
    }

    /** The status of the answer to a question that this key asks. */
    int asks(String key) {
        return RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer " + key)
                .get("/payments")
                .statusCode();
    }

    /** Has every event sent there. */
    void sendsTo(RecordingReceiver receiver) {
        operator("{\"url\":\"" + receiver.url() + "\"}")
                .post("/webhook-endpoints")
                .then()
                .statusCode(201);
    }

    /** Creates and pays so many payments as fast as it can. */
    void load(int payments, String orderPrefix) {
        operator("{\"payments\":" + payments + ",\"ratePerSecond\":50000,\"orderPrefix\":\"" + orderPrefix + "\"}")
                .post("/simulator/load")
                .then()
                .statusCode(202);
    }

    /** The truth about these orders. */
    JsonPath summary(String orderPrefix) {
        return RestAssured.given()
                .port(port)
                .header("Authorization", "Bearer " + TestKeys.OPERATOR)
                .get("/simulator/truth/summary?prefix=" + orderPrefix)
                .jsonPath();
    }

    /** The value of a metric, as {@code name{label="value"}}; 0 if it is not there. */
    double metric(String line) {
        return management("/q/metrics")
                .asString()
                .lines()
                .filter(each -> each.startsWith(line + " "))
                // An exemplar may follow.
                .mapToDouble(each ->
                        Double.parseDouble(each.substring(line.length()).trim().split(" ", 2)[0]))
                .sum();
    }

    /** Asks it to end, and says whether it does. */
    boolean stops() throws InterruptedException {
        process.destroy();
        return process.waitFor(30, TimeUnit.SECONDS);
    }

    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }
}
