package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.local.Ports;
import dev.bellhop.local.command.Bellhop;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code ./bellhop up --restart}, as a process of its own. */
class RestartIT {

    private static final Path MODULE = Path.of("..", "local-stack", "target");

    @Test
    void all_that_is_killed_at_once_comes_back(@TempDir Path folder) throws Exception {
        Path said = folder.resolve("said");
        Process up = up(folder.resolve("data"), said);
        try {
            // Given
            Path run = folder.resolve("data").resolve("run.json");
            await().atMost(Duration.ofMinutes(2)).until(() -> Files.exists(run));
            Map<String, Long> before = processes(run);
            assertThat(before).containsOnlyKeys("kafka", "orderService", "postgres");

            // When
            before.values().forEach(pid -> ProcessHandle.of(pid).orElseThrow().destroyForcibly());

            // Then
            await().atMost(Duration.ofMinutes(2)).untilAsserted(() -> {
                assertThat(run).as(Files.readString(said)).exists();
                assertThat(processes(run)).containsOnlyKeys(before.keySet()).allSatisfy((name, pid) -> assertThat(pid)
                        .isNotEqualTo(before.get(name)));
            });
        } finally {
            up.destroy();
            up.waitFor(1, TimeUnit.MINUTES);
        }
    }

    private static Process up(Path data, Path said) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        MODULE.resolve("classes")
                                + File.pathSeparator
                                + Files.readString(MODULE.resolve("classpath")).strip(),
                        Bellhop.class.getName(),
                        "up",
                        "--restart",
                        "--only=order-service",
                        "--ports-from=" + freePorts(),
                        "--data=" + data)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static int freePorts() {
        return IntStream.generate(Ports::free)
                .filter(first -> IntStream.of(0, 1, 2, 3, 4, 5, 1000, 1001, 1002)
                        .allMatch(offset -> Ports.isFree(first + offset)))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Long> processes(Path run) throws IOException {
        Map<String, Long> processes = new TreeMap<>();
        for (Map.Entry<String, JsonNode> process :
                new ObjectMapper().readTree(run.toFile()).path("processes").properties()) {
            processes.put(process.getKey(), process.getValue().asLong());
        }
        return processes;
    }
}
