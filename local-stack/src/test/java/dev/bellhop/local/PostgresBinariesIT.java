package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresBinariesIT {

    @Test
    void lost_programs_come_back(@TempDir Path cache) throws IOException {
        // Given
        Path home = PostgresBinaries.in(cache);
        Files.delete(home.resolve("bin/initdb"));

        // When
        Path again = PostgresBinaries.in(cache);

        // Then
        assertThat(again).isEqualTo(home);
        assertThat(home.resolve("bin/initdb")).isExecutable();
    }

    @Test
    void what_a_killed_start_left_behind_is_in_nobodys_way(@TempDir Path cache) throws IOException {
        // Given
        Path partial = Files.createDirectories(cache.resolve("unpacking-123/bin"));

        // When
        Path home = PostgresBinaries.in(cache);

        // Then
        assertThat(home.resolve("bin/postgres")).isExecutable();
        assertThat(partial).exists();
        try (Stream<Path> folders = Files.list(cache)) {
            assertThat(folders).hasSize(2);
        }
    }
}
