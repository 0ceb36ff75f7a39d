package dev.bellhop.ingress;

import dev.bellhop.local.Ports;
import dev.bellhop.testing.SharedStack;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;

/** The packaged service as a process of its own, to be killed. */
final class IngressProcess {

    private final Map<String, String> settings = new HashMap<>(new TestSources().start());
    private final int port = Ports.free();
    private final int managementPort = Ports.free();
    private Process process;

    IngressProcess(Map<String, String> more) {
        settings.put("quarkus.http.port", String.valueOf(port));
        settings.put("quarkus.management.port", String.valueOf(managementPort));
        settings.put("kafka.bootstrap.servers", SharedStack.get().bootstrapServers());
        settings.putAll(more);
        process = start();
    }

    /** What a process says that is expected not to get as far as listening. */
    static String refusal(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(new TestSources().start());
        settings.putAll(more);
        try {
            Process refusing = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .start();
            String said = new String(refusing.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return "exit " + refusing.waitFor() + "\n" + said;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Map<String, String> settings) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx128m", "-XX:+ExitOnOutOfMemoryError", "-XX:TieredStopAtLevel=1"));
        settings.forEach((key, value) -> command.add("-D" + key + "=" + value));
        command.addAll(List.of(
                "-jar", Path.of("target", "quarkus-app", "quarkus-run.jar").toString()));
        return command;
    }

    private Process start() {
        try {
            Process started = new ProcessBuilder(command(settings))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(
                            Path.of("target", "ingress.log").toFile()))
                    .start();
            Awaitility.await().atMost(Duration.ofSeconds(60)).until(this::isReady);
            return started;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean isReady() throws InterruptedException {
        URI ready = URI.create("http://127.0.0.1:" + managementPort + "/q/health/ready");
        try {
            return HttpClient.newHttpClient()
                            .send(HttpRequest.newBuilder(ready).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException e) {
            return false;
        }
    }

    URI root() {
        return URI.create("http://127.0.0.1:" + port + "/");
    }

    /** What it exports of a metric without tags. */
    double metric(String name) {
        URI metrics = URI.create("http://127.0.0.1:" + managementPort + "/q/metrics");
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(metrics).build(), BodyHandlers.ofLines())
                    .body()
                    .filter(line -> line.startsWith(name + " "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What it has in memory now. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", String.valueOf(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    /** SIGKILL. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    void restart() {
        process = start();
    }
}
