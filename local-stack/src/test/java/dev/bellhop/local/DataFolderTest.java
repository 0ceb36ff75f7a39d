package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
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

    @Test
    void a_file_is_no_folder(@TempDir Path folder) throws IOException {
        // Given
        Path file = Files.writeString(folder.resolve("file"), "");

        // When
        assertThatThrownBy(() -> DataFolder.open(file))
                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageEndingWith("cannot be used: it is no folder");
    }

    @Test
    void a_folder_of_others_is_not_used(@TempDir Path folder) throws IOException {
        // Given
        Path others = Files.createDirectory(
                folder.resolve("others"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-x------")));
        assumeThat(Files.isWritable(others)).as("nothing is forbidden to root").isFalse();

        // When
        assertThatThrownBy(() -> DataFolder.open(others))
                // Then
                .isInstanceOf(StartFailure.class)
                .hasMessageEndingWith("cannot be used: no permission");
    }
}
