package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void a_process_that_was_left_behind_is_ended(@TempDir Path folder) throws Exception {
        // Given
        Process process = new ProcessBuilder("sleep", "60").start();
        PidFile pidFile = new PidFile(folder.resolve("pids/one"));
        pidFile.write(process.toHandle());

        // When
        pidFile.endOrphan(LIMIT);

        // Then
        assertThat(process.waitFor()).isEqualTo(128 + 15);
    }

    @Test
    void another_process_that_got_the_same_id_is_left_alone(@TempDir Path folder) throws IOException {
        // Given
        Process process = new ProcessBuilder("sleep", "60").start();
        Path file = folder.resolve("one");
        Files.write(file, List.of(String.valueOf(process.pid()), "2001-01-01T00:00:00Z"));

        // When
        new PidFile(file).endOrphan(LIMIT);

        // Then
        assertThat(process.isAlive()).isTrue();
        process.destroyForcibly();
    }

    @Test
    void nothing_remembered_is_nothing_to_do(@TempDir Path folder) throws IOException {
        // Given
        PidFile pidFile = new PidFile(folder.resolve("none"));

        // When
        pidFile.endOrphan(LIMIT);

        // Then
        assertThat(folder).isEmptyDirectory();
    }
}
