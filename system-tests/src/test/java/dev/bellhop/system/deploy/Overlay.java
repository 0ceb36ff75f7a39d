package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** An overlay of {@code k8s/overlays}, rendered by {@code kubectl kustomize}; skips the test where there is no kubectl. */
record Overlay(String name, List<JsonNode> objects) {

    static final List<String> NAMES = List.of("local", "production");

    private static final Map<String, Overlay> RENDERED = new ConcurrentHashMap<>();

    /** All overlays; each is rendered once per run. */
    static Stream<Overlay> all() {
        return NAMES.stream().map(Overlay::rendered);
    }

    static Overlay rendered(String name) {
        assumeTrue(hasKubectl(), "skipped: kubectl is not installed, so no overlay can be rendered");
        return RENDERED.computeIfAbsent(name, Overlay::render);
    }

    Stream<JsonNode> ofKind(String kind) {
        return objects.stream().filter(object -> object.path("kind").asText().equals(kind));
    }

    /** Everything that makes pods: Deployments, StatefulSets and Jobs. */
    Stream<JsonNode> workloads() {
        return objects.stream().filter(object -> !podOf(object).isMissingNode());
    }

    static JsonNode podOf(JsonNode workload) {
        return Repository.at(workload, "spec", "template", "spec", "containers").isMissingNode()
                ? Repository.none()
                : Repository.at(workload, "spec", "template");
    }

    static String nameOf(JsonNode object) {
        return Repository.at(object, "metadata", "name").asText();
    }

    static Stream<JsonNode> each(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** Init containers and containers alike. */
    static List<JsonNode> containersOf(JsonNode workload) {
        JsonNode pod = podOf(workload).path("spec");
        List<JsonNode> containers = new ArrayList<>();
        pod.path("initContainers").forEach(containers::add);
        pod.path("containers").forEach(containers::add);
        return containers;
    }

    @Override
    public String toString() {
        return name;
    }

    private static Overlay render(String name) {
        Run run = kubectl("kustomize", Repository.file("k8s/overlays/" + name).toString());
        assertThat(run.exit()).as(run.output()).isZero();
        return new Overlay(name, Repository.yaml(run.output()));
    }

    private static boolean hasKubectl() {
        return Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                .anyMatch(folder ->
                        java.nio.file.Path.of(folder, "kubectl").toFile().canExecute());
    }

    private record Run(int exit, String output) {}

    private static Run kubectl(String... arguments) {
        List<String> command = new ArrayList<>(List.of("kubectl"));
        command.addAll(List.of(arguments));
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Run(process.waitFor(), output);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
