package dev.bellhop.order.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeysFileTest {

    private final Path file;

    KeysFileTest(@TempDir Path folder) {
        this.file = folder.resolve("keys");
    }

    @Test
    void a_key_may_have_dots() throws IOException {
        Files.writeString(file, "a.key.with.dots-0123456789 alice orders:read\n");

        assertThat(KeysFile.read(file)).hasSize(1);
    }

    @Test
    void what_looks_like_an_access_token_is_no_key() throws IOException {
        Files.writeString(file, "# tokens\neyJhbGciOiJub25lIn0.eyJzdWIiOiJhIn0.c2lnbmF0dXJl alice orders:read\n");

        assertThatThrownBy(() -> KeysFile.read(file))
                .hasMessage(file + ":2: a key must not look like an access token (three parts with dots)");
    }
}
