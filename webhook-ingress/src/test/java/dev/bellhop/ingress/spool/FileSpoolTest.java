package dev.bellhop.ingress.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.Spool.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSpoolTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    private final Path folder;

    FileSpoolTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void what_went_in_comes_out_in_order_and_stays_until_it_is_released() throws IOException {
        FileSpool spool = spool(NOON);
        assertThat(spool.isEmpty()).isTrue();

        append(spool, "a", "b");
        append(spool, "c");

        assertThat(spool.isEmpty()).isFalse();
        assertThat(texts(first(spool))).containsExactly("a", "b", "c");
        assertThat(texts(first(spool))).containsExactly("a", "b", "c");
        spool.release(first(spool)).await().atMost(SOON);
        assertThat(spool.isEmpty()).isTrue();
        assertThat(texts(first(spool))).isEmpty();
        spool.close();
    }

    @Test
    void what_is_appended_after_a_batch_was_taken_is_not_released_with_it() throws IOException {
        FileSpool spool = spool(NOON);
        append(spool, "a");
        Batch batch = first(spool);
        append(spool, "b");

        spool.release(batch).await().atMost(SOON);

        assertThat(texts(first(spool))).containsExactly("b");
        spool.close();
    }

    @Test
    void another_process_finds_what_was_left_and_not_what_was_released() throws IOException {
        FileSpool before = spool(NOON);
        append(before, "a");
        Batch batch = first(before);
        append(before, "b", "é😊");
        before.release(batch).await().atMost(SOON);
        before.close();

        FileSpool after = spool(NOON.plusSeconds(60));

        assertThat(after.isEmpty()).isFalse();
        assertThat(after.age()).isEqualTo(Duration.ofSeconds(60));
        assertThat(texts(first(after))).containsExactly("b", "é😊");
        after.close();
    }

    @Test
    void an_entry_that_a_crash_cut_short_is_cut_off_and_the_next_one_takes_its_place() throws IOException {
        FileSpool before = spool(NOON);
        append(before, "whole");
        before.close();
        Path log = folder.resolve("events.log");
        byte[] entry = Files.readAllBytes(log);
        Files.write(log, java.util.Arrays.copyOf(entry, entry.length - 3), StandardOpenOption.APPEND);

        FileSpool after = spool(NOON);
        append(after, "new");

        assertThat(texts(first(after))).containsExactly("whole", "new");
        after.close();
    }

    @Test
    void rubbish_at_the_end_is_no_entry() throws IOException {
        FileSpool before = spool(NOON);
        append(before, "whole");
        before.close();
        Files.write(folder.resolve("events.log"), new byte[100], StandardOpenOption.APPEND);
        Files.write(folder.resolve("events.log"), new byte[] {127, 127, 127, 127}, StandardOpenOption.APPEND);

        FileSpool after = spool(NOON);

        append(after, "new");

        assertThat(texts(first(after))).containsExactly("whole", "new");
        after.close();
    }

    @Test
    void under_a_steady_load_its_file_stays_small() throws IOException {
        // Given
        FileSpool spool = new FileSpool(
                Journal.open(folder), 1 << 30, Duration.ofDays(1), PATIENCE, Clock.fixed(NOON, ZoneOffset.UTC));
        String megabyte = "x".repeat(1 << 20);

        // When something always waits
        append(spool, "0" + megabyte);
        for (int n = 1; n <= 150; n++) {
            Batch oldest = first(spool);
            append(spool, n + megabyte);
            assertThat(texts(oldest)).containsExactly((n - 1) + megabyte);
            spool.release(oldest).await().atMost(SOON);
        }

        // Then
        assertThat(Files.size(folder.resolve("events.log"))).isLessThan(70L << 20);
        spool.close();
        FileSpool after = spool(NOON);
        assertThat(texts(first(after))).containsExactly("150" + megabyte);
        after.close();
    }

    @Test
    void what_was_set_aside_can_be_given_to_another_spool() throws IOException {
        // Given
        FileSpool before = spool(NOON);
        append(before, "one", "waits", "two");
        Batch batch = first(before);
        before.setAside(batch.records().get(0)).await().atMost(SOON);
        before.setAside(batch.records().get(2)).await().atMost(SOON);
        before.close();

        // When
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.move(folder.resolve("set-aside.log"), other.resolve("events.log"));
        FileSpool after = new FileSpool(
                Journal.open(other), 1 << 20, Duration.ofDays(1), PATIENCE, Clock.fixed(NOON, ZoneOffset.UTC));

        // Then
        assertThat(texts(first(after))).containsExactly("one", "two");
        after.close();
    }

    @Test
    void a_full_spool_takes_nothing_more_and_loses_nothing() throws IOException {
        FileSpool spool = new FileSpool(
                Journal.open(folder), 100, Duration.ofDays(1), PATIENCE, Clock.fixed(NOON, ZoneOffset.UTC));
        append(spool, "x".repeat(80));

        assertThatThrownBy(() -> append(spool, "y".repeat(80))).isInstanceOf(BrokerUnavailable.class);

        assertThat(texts(first(spool))).containsExactly("x".repeat(80));
        spool.release(first(spool)).await().atMost(SOON);
        append(spool, "y".repeat(80));
        assertThat(texts(first(spool))).containsExactly("y".repeat(80));
        spool.close();
    }

    @Test
    void what_has_waited_too_long_lets_nothing_more_in() throws IOException {
        FileSpool before = spool(NOON);
        append(before, "a");
        before.close();
        FileSpool after = spool(NOON.plus(Duration.ofHours(25)));

        assertThatThrownBy(() -> append(after, "b")).isInstanceOf(BrokerUnavailable.class);

        assertThat(texts(first(after))).containsExactly("a");
        after.close();
    }

    @Test
    void a_directory_serves_one_spool_at_a_time() throws IOException {
        FileSpool spool = spool(NOON);

        assertThatThrownBy(() -> spool(NOON)).isInstanceOf(IOException.class).hasMessageContaining("is in use");

        spool.close();
    }

    private FileSpool spool(Instant now) throws IOException {
        return new FileSpool(
                Journal.open(folder), 1 << 20, Duration.ofDays(1), PATIENCE, Clock.fixed(now, ZoneOffset.UTC));
    }

    private static void append(FileSpool spool, String... texts) {
        spool.append(java.util.Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList())
                .await()
                .indefinitely();
    }

    private static Batch first(FileSpool spool) {
        return spool.first().await().atMost(SOON);
    }

    private static List<String> texts(Batch batch) {
        return batch.records().stream()
                .map(spooled -> new String(spooled.record(), StandardCharsets.UTF_8))
                .toList();
    }
}
