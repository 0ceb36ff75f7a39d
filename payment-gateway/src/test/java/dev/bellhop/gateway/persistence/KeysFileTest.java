package dev.bellhop.gateway.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.gateway.domain.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeysFileTest {

    @Test
    void comments_and_empty_lines_are_skipped(@TempDir Path folder) throws IOException {
        Path file = write(folder, "# keys\n\n0123456789abcdefghij alice payments:read,operator # hers\n");
        assertThat(KeysFile.read(file))
                .containsExactly(new KeysFile.Entry(
                        "0123456789abcdefghij", "alice", Set.of(Scope.PAYMENTS_READ, Scope.OPERATOR)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "short alice operator",
                "0123456789abcdefghij alice",
                "0123456789abcdefghij alice payments:pay",
                "0123456789abcdefghij alice operator more"
            })
    void a_line_that_makes_no_sense_stops_the_boot_without_telling_the_key(String line, @TempDir Path folder)
            throws IOException {
        Path file = write(folder, "\n" + line);
        assertThatThrownBy(() -> KeysFile.read(file))
                .hasMessageContaining(":2: ")
                .hasMessageNotContaining("0123456789abcdefghij");
    }

    private static Path write(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("keys"), text);
    }
}
