package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MountedCredentialsTest {

    @Test
    void a_changed_file_counts_for_the_next_connection(@TempDir Path folder) throws IOException {
        // Given
        MountedCredentials credentials = new MountedCredentials();
        Files.writeString(folder.resolve("username"), "orders\n");
        Files.writeString(folder.resolve("password"), "first");
        assertThat(credentials.getCredentials(folder.toString()))
                .isEqualTo(Map.of("user", "orders", "password", "first"));

        // When
        Files.writeString(folder.resolve("password"), "second\n");

        // Then
        assertThat(credentials.getCredentials(folder.toString()))
                .isEqualTo(Map.of("user", "orders", "password", "second"));
    }

    @Test
    void a_missing_file_is_named_and_its_neighbour_is_not_told(@TempDir Path folder) throws IOException {
        Files.writeString(folder.resolve("username"), "orders");

        assertThatThrownBy(() -> new MountedCredentials().getCredentials(folder.toString()))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("the database's password cannot be read");
    }
}
