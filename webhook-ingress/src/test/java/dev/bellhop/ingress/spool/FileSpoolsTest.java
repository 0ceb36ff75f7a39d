package dev.bellhop.ingress.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.app.Spool;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolsTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Path folder;

    FileSpoolsTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void each_source_has_its_own() throws IOException {
        FileSpools spools = spools(folder, "github", "slack");

        append(spools, "github", "a");

        assertThat(spool(spools, "github").isEmpty()).isFalse();
        assertThat(spool(spools, "slack").isEmpty()).isTrue();
        spools.close();
    }

    @Test
    void what_a_source_left_that_has_no_spool_any_more_is_still_there() throws IOException {
        FileSpools before = spools(folder, "github");
        append(before, "github", "a");
        before.close();

        FileSpools after = spools(folder, "slack");

        assertThat(after.all()).containsOnlyKeys("github", "slack");
        assertThat(spool(after, "github").isEmpty()).isFalse();
        after.close();
    }

    @Test
    void events_that_would_be_forgotten_stop_the_boot() throws IOException {
        Files.write(folder.resolve("events.log"), new byte[] {1});

        assertThatThrownBy(() -> spools(folder, "github"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("move its files");
    }

    @Test
    void a_directory_that_cannot_be_used_stops_the_boot_and_leaves_nothing_open() throws IOException {
        Path inTheWay = Files.createFile(folder.resolve("slack"));

        assertThatThrownBy(() -> spools(folder, "github", "slack"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("webhooks.spool.directory: cannot be used")
                .hasMessageContaining(inTheWay.toString());

        spools(folder, "github").close();
    }

    @Test
    void without_a_directory_there_is_none() throws IOException {
        FileSpools spools = spools(null);

        assertThat(spools.all()).isEmpty();
        spools.close();
    }

    private static FileSpools spools(@Nullable Path directory, String... sources) throws IOException {
        return new FileSpools(
                directory,
                List.of(sources),
                own -> new FileSpool(Journal.open(own), 1 << 20, Duration.ofDays(1), PATIENCE, Clock.systemUTC()));
    }

    private static Spool spool(FileSpools spools, String source) {
        return Objects.requireNonNull(spools.all().get(source));
    }

    private static void append(FileSpools spools, String source, String text) {
        spool(spools, source)
                .append(List.of(text.getBytes(StandardCharsets.UTF_8)))
                .await()
                .indefinitely();
    }
}
