package dev.bellhop.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.MultiMap;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The packaged suite as users run it: {@code ./bellhop up} in a data folder of its own, described by its run.json. */
final class SuiteUnderTest implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(5);

    private final Process process;
    private final Path data;
    private final JsonNode run;

    private SuiteUnderTest(Process process, Path data, JsonNode run) {
        this.process = process;
        this.data = data;
        this.run = run;
    }

    /** Starts it with these extra settings and returns when everything is ready. */
    static SuiteUnderTest start(Path repository, Path data, int portsFrom, List<String> settings) throws IOException {
        Files.createDirectories(data);
        Path config = data.resolve("bench.properties");
        Files.write(config, settings);
        Path runFile = data.resolve("run.json");
        Files.deleteIfExists(runFile);
        List<String> command =
                new ArrayList<>(List.of(repository.resolve("bellhop").toString(), "up"));
        command.addAll(List.of("--data", data.toString(), "--config", config.toString()));
        command.addAll(List.of("--ports-from", String.valueOf(portsFrom)));
        Process process = new ProcessBuilder(command)
                .directory(repository.toFile())
                .redirectErrorStream(true)
                .redirectOutput(data.resolve("up.log").toFile())
                .start();
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!Files.exists(runFile)) {
            if (!process.isAlive() || System.nanoTime() > deadline) {
                process.destroy();
                throw new IOException("./bellhop up did not become ready; see " + data.resolve("up.log"));
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
        return new SuiteUnderTest(process, data, new ObjectMapper().readTree(runFile.toFile()));
    }

    int orderPort() {
        return URI.create(run.path("orderService").asText()).getPort();
    }

    int ingressPort() {
        return URI.create(run.path("webhookIngress").asText()).getPort();
    }

    int gatewayPort() {
        return URI.create(run.path("paymentGateway").asText()).getPort();
    }

    String kafka() {
        return run.path("kafka").asText();
    }

    /** A URI of one of the suite's databases. */
    String postgres(String database) {
        URI server = URI.create(run.path("postgres").asText());
        return "postgresql://postgres@" + server.getHost() + ":" + server.getPort() + "/" + database;
    }

    /** A fresh set of headers of a client that may read and write orders, sending JSON. */
    MultiMap client() {
        return authorized("apiKey");
    }

    /** A fresh set of headers for the payment gateway, sending JSON. */
    MultiMap gateway() {
        return authorized("gatewayKey");
    }

    private MultiMap authorized(String key) {
        return MultiMap.caseInsensitiveMultiMap()
                .add("Authorization", "Bearer " + run.path(key).asText())
                .add("Content-Type", "application/json");
    }

    /** The process id of {@code orderService}, {@code webhookIngress}, {@code paymentGateway}, {@code kafka} or {@code postgres}. */
    long pid(String part) {
        return run.path("processes").path(part).asLong();
    }

    Path data() {
        return data;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            process.destroyForcibly();
        }
    }
}
