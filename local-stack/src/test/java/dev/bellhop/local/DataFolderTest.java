package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataFolderTest {

    @Test
    void one_launcher_at_a_time(@TempDir Path folder) throws IOException {
        // Given
        try (DataFolder first = DataFolder.open(folder)) {
            assertThat(first.path()).isEqualTo(folder.toRealPath());

            // When
            assertThatThrownBy(() -> DataFolder.open(folder))
                    // Then
                    .isInstanceOf(StartFailure.class)
                    .hasMessageContaining("already running on " + folder);
        }
    }

    @Test
    void it_is_free_again_after_its_launcher(@TempDir Path folder) throws IOException {
        // Given
        DataFolder.open(folder).close();

        // When
        try (DataFolder second = DataFolder.open(folder)) {
            // Then
            assertThat(second.path()).isEqualTo(folder.toRealPath());
        }
    }

    @Test
    void a_folder_that_cannot_be_is_named(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "");

        // When
        assertThatThrownBy(() -> DataFolder.open(file.resolve("data")))
                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageContaining("cannot be used");
    }
}
