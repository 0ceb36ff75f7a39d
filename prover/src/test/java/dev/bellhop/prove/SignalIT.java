package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command as a process of its own, ended by a signal while PostgreSQL is frozen. */
class SignalIT {

    private static final Duration EVERY = Duration.ofSeconds(8);

    @Test
    void a_signal_leaves_nothing_behind_not_even_what_is_frozen(@TempDir Path temporary) throws Exception {
        // Given
        Path said = temporary.resolve("said");
        Process prove = prove(temporary, said);
        ProcessHandle postmaster = prove.toHandle();
        List<ProcessHandle> all = List.of();
        try {
            await().atMost(Duration.ofMinutes(2))
                    .until(() -> Files.readString(said).contains(Disturbance.FREEZE_POSTGRES.words()));
            postmaster = postmaster(suiteIn(temporary));
            all = Stream.of(prove.descendants(), Stream.of(postmaster), postmaster.descendants())
                    .flatMap(processes -> processes)
                    .toList();
            long server = postmaster.pid();
            await().until(() -> state(server).startsWith("T"));

            // When
            prove.destroy();

            // Then
            assertThat(prove.waitFor(1, TimeUnit.MINUTES)).isTrue();
            List<ProcessHandle> left = all;
            await().atMost(Duration.ofSeconds(5)).until(() -> left.stream().noneMatch(ProcessHandle::isAlive));
            assertThat(suitesIn(temporary)).isEmpty();
            assertThat(Files.readString(said)).doesNotContain("\tat ", "FAILED");
        } finally {
            all.forEach(ProcessHandle::destroyForcibly);
            prove.destroyForcibly();
        }
    }

    private static Process prove(Path temporary, Path said) throws IOException {
        int orders = 400;
        int rate = 10;
        Duration driving = Duration.ofSeconds(orders / rate);
        long seed = LongStream.iterate(1, i -> i + 1)
                .filter(i ->
                        Disturbance.schedule(i, driving, EVERY).get(0).disturbance() == Disturbance.FREEZE_POSTGRES)
                .findFirst()
                .orElseThrow();
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        "target/classes" + File.pathSeparator
                                + Files.readString(Path.of("target", "classpath"))
                                        .strip(),
                        Prove.class.getName(),
                        "--orders=" + orders,
                        "--rate=" + rate,
                        "--every=" + EVERY.toSeconds(),
                        "--seed=" + seed,
                        "--out=" + temporary.resolve("report"))
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
    }

    private static List<Path> suitesIn(Path temporary) throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.filter(file -> file.getFileName().toString().startsWith("bellhop-prove-"))
                    .toList();
        }
    }

    private static Path suiteIn(Path temporary) throws IOException {
        return suitesIn(temporary).get(0);
    }

    private static ProcessHandle postmaster(Path suite) throws IOException {
        String pid =
                Files.readAllLines(suite.resolve("postgres/postmaster.pid")).get(0);
        return ProcessHandle.of(Long.parseLong(pid)).orElseThrow();
    }

    private static String state(long pid) throws IOException {
        Process ps = new ProcessBuilder("ps", "-o", "state=", "-p", String.valueOf(pid)).start();
        return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    }
}
