package dev.bellhop.ingress.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.Spool.Batch;
import dev.bellhop.ingress.spool.FailingDisk.Call;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A spool on a disk that is full, or fails, and what its next process finds. */
class FailingDiskTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final String MEGABYTE = "x".repeat(1 << 20);

    private final Path folder;
    private final Path log;
    private final FailingDisk disk = new FailingDisk();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private FileSpool spool;

    FailingDiskTest(@TempDir Path folder) {
        this.folder = folder;
        this.log = folder.resolve("events.log");
    }

    @BeforeEach
    void open() throws IOException {
        spool = open(PATIENCE);
    }

    private FileSpool open(Duration patience) throws IOException {
        InstantSource source = now::get;
        return new FileSpool(
                Journal.open(folder, disk), 1 << 30, Duration.ofDays(1), patience, source.withZone(ZoneOffset.UTC));
    }

    @AfterEach
    void close() throws IOException {
        spool.close();
    }

    @Test
    void what_there_is_no_room_for_is_refused_as_a_whole_and_what_comes_once_there_is_is_taken() throws IOException {
        // Given
        append("before");
        long size = Files.size(log);
        disk.leave(60);

        // When
        assertRefused("fits", "does not fit " + "x".repeat(100));

        // Then
        assertThat(Files.size(log)).isEqualTo(size);
        assertThat(waiting()).containsExactly("before");
        disk.enlarge();
        append("after");
        assertThat(waiting()).containsExactly("before", "after");
        assertThat(afterAKill()).containsExactly("before", "after");
    }

    @Test
    void what_could_not_even_be_taken_back_hides_nothing_that_is_taken_later() throws IOException {
        // Given
        append("before");
        disk.leave(60);
        disk.fail(Call.TRUNCATE, "events.log");

        // When
        assertRefused("fits", "does not fit " + "x".repeat(100));
        disk.enlarge();
        append("after");

        // Then
        assertThat(waiting()).containsExactly("before", "after");
        assertThat(afterAKill()).containsExactly("before", "after");
    }

    @Test
    void what_could_not_be_taken_back_does_not_wait() {
        // Given
        disk.fail(Call.FORCE, "events.log");
        disk.fail(Call.TRUNCATE, "events.log");
        assertRefused("refused");

        // When
        disk.mend();
        now.set(NOON.plus(Duration.ofDays(2)));

        // Then
        assertThat(spool.isEmpty()).isTrue();
        assertThat(spool.age()).isZero();
        append("after");
        assertThat(waiting()).containsExactly("after");
    }

    @Test
    void a_disk_that_hangs_keeps_nobody_waiting_and_nothing_in_memory() throws IOException {
        // Given
        spool.close();
        spool = open(Duration.ofMillis(200));
        disk.hang();

        // When
        assertRefused("being written");
        assertRefused("not begun");

        // Then
        assertThat(spool.isEmpty()).isFalse();
        disk.goOn();
        Awaitility.await().untilAsserted(() -> assertThat(waiting()).containsExactly("being written"));
        append("after");
        assertThat(waiting()).containsExactly("being written", "after");
    }

    @Test
    void nobody_is_told_of_what_a_failed_sync_may_have_dropped() throws IOException {
        // Given
        append("before");
        disk.fail(Call.FORCE, "events.log");

        // When
        assertRefused("dropped");
        disk.mend();
        append("after");

        // Then
        assertThat(waiting()).containsExactly("before", "after");
        assertThat(afterAKill()).containsExactly("before", "after");
    }

    @Test
    void a_disk_too_full_for_the_mark_is_drained_and_then_has_room() throws IOException {
        // Given
        append("0" + MEGABYTE.repeat(5));
        append("1" + MEGABYTE);
        disk.leave(0);

        // When
        releaseAnyhow();
        List<String> second = waiting();
        releaseAnyhow();

        // Then
        assertThat(second).containsExactly("1" + MEGABYTE);
        assertThat(Files.size(log)).isZero();
        assertThat(disk.room()).isPositive();
        append("after");
        assertThat(afterAKill()).containsExactly("after");
    }

    @Test
    void as_long_as_nobody_knows_whether_a_mark_is_on_the_disk_nothing_is_taken() throws IOException {
        // Given
        append("0" + MEGABYTE.repeat(5));
        append("1");
        disk.fail(Call.FORCE, "released");

        // When
        releaseAnyhow();

        // Then
        assertRefused("after");
        disk.mend();
        append("after");
        assertThat(waiting()).containsExactly("1", "after");
        assertThat(afterAKill()).containsExactly("1", "after");
    }

    @Test
    void a_file_that_was_not_made_small_for_a_failing_disk_loses_nothing() throws IOException {
        // Given
        append("first" + MEGABYTE.repeat(65));
        append("waits");
        disk.fail(Call.FORCE, "released", 1);

        // When
        releaseAnyhow();
        disk.mend();
        append("later");

        // Then
        assertThat(waiting()).containsExactly("waits", "later");
        assertThat(afterAKill()).containsExactly("waits", "later");
    }

    @Test
    void a_file_that_could_not_be_emptied_loses_nothing() throws IOException {
        // Given
        append("first");
        disk.fail(Call.TRUNCATE, "events.log");

        // When
        releaseAnyhow();
        append("later");

        // Then
        assertThat(waiting()).containsExactly("later");
        assertThat(afterAKill()).contains("later");
    }

    @Test
    void what_could_not_be_set_aside_leaves_nothing_in_the_way_of_what_can() throws IOException {
        // Given
        setAside("one");
        disk.leave(10);
        assertThatThrownBy(() -> setAside("two")).hasMessageContaining("No space left");
        disk.enlarge();

        // When
        setAside("two");
        setAside("three");

        // Then
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.move(folder.resolve("set-aside.log"), other.resolve("events.log"));
        assertThat(allOf(other)).containsExactly("one", "two", "three");
    }

    @Test
    void a_damaged_event_is_kept_and_those_around_it_go_on() throws IOException {
        // Given
        append("one", "two", "three");
        spool.close();
        damage("two", 'T');

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("one", "three");
        assertThat(Files.readString(folder.resolve("damaged.log"), StandardCharsets.ISO_8859_1))
                .endsWith("Two");
        assertThat(spool.damagedBytes()).isEqualTo(Files.size(folder.resolve("damaged.log")));
        assertThat(afterAKill()).isEmpty();
    }

    @Test
    void an_event_that_is_damaged_while_it_waits_is_kept_and_those_around_it_go_on() throws IOException {
        // Given
        append("one", "two", "three", "four");

        // When
        damage("two", 'T');
        damage("four", 'F');

        // Then
        assertDrained("one", "three");
        assertThat(Files.readString(folder.resolve("damaged.log"), StandardCharsets.ISO_8859_1))
                .contains("Two")
                .endsWith("Four");
        assertThat(Files.size(log)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void what_cannot_be_told_apart_any_more_is_kept_as_a_whole(int place) throws IOException {
        // Given a length that leads into the next entry, or beyond the end
        append("one", "two", "three");
        spool.close();
        byte[] bytes = Files.readAllBytes(log);
        bytes[16 + 3 + place] = 5;
        Files.write(log, bytes);

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("one");
        assertThat(Files.readAllBytes(folder.resolve("damaged.log")))
                .isEqualTo(Arrays.copyOfRange(bytes, 16 + 3, bytes.length));
    }

    @Test
    void what_a_crash_left_is_not_kept() throws IOException {
        // Given
        append("one");
        spool.close();
        Files.write(log, new byte[3 << 20], StandardOpenOption.APPEND);

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("one");
        assertThat(folder.resolve("damaged.log")).doesNotExist();
        assertThat(spool.damagedBytes()).isZero();
    }

    @Test
    void a_sender_cannot_smuggle_an_entry_in_by_writing_one_into_a_body_that_gets_damaged() throws IOException {
        // Given
        append("smuggled");
        String smuggled = Files.readString(log, StandardCharsets.ISO_8859_1);
        append("two" + smuggled, "three");
        spool.close();
        damage("two", 'T');

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("smuggled", "three");
    }

    @Test
    void a_mark_beyond_the_file_brings_everything_again() throws IOException {
        // Given
        append("one", "two");
        spool.close();
        Files.write(folder.resolve("released"), new byte[] {0, 0, 0, 0, 0, 0, 127, 0});

        // When
        spool = open(PATIENCE);
        append("three");

        // Then
        assertThat(afterAKill()).containsExactly("one", "two", "three");
    }

    @Test
    void a_folder_that_was_deleted_takes_nothing_and_what_waits_can_still_be_read() throws IOException {
        // Given
        append("before");

        // When
        Files.delete(log);

        // Then
        assertRefused("after");
        assertThat(waiting()).containsExactly("before");
    }

    private void append(String... texts) {
        spool.append(Arrays.stream(texts)
                        .map(text -> text.getBytes(StandardCharsets.UTF_8))
                        .toList())
                .await()
                .atMost(SOON);
    }

    private void assertRefused(String... texts) {
        assertThatThrownBy(() -> append(texts)).isInstanceOf(BrokerUnavailable.class);
    }

    private void setAside(String text) {
        spool.setAside(text.getBytes(StandardCharsets.UTF_8)).await().atMost(SOON);
    }

    private void damage(String text, char first) throws IOException {
        byte[] bytes = Files.readAllBytes(log);
        bytes[new String(bytes, StandardCharsets.ISO_8859_1).indexOf(text)] = (byte) first;
        Files.write(log, bytes);
    }

    private void assertDrained(String... texts) {
        List<String> drained = new ArrayList<>();
        for (Batch batch = first(); !batch.records().isEmpty(); batch = first()) {
            drained.addAll(texts(batch));
            spool.release(batch).await().atMost(SOON);
        }
        assertThat(drained).containsExactly(texts);
        assertThat(spool.isEmpty()).isTrue();
    }

    /** As the relay does, which tries again. */
    private void releaseAnyhow() {
        spool.release(first()).onFailure().recoverWithNull().await().atMost(SOON);
    }

    private List<String> waiting() {
        return texts(first());
    }

    private Batch first() {
        return spool.first().await().atMost(SOON);
    }

    /** Files are as a kill leaves them: closing writes nothing. */
    private List<String> afterAKill() throws IOException {
        spool.close();
        return allOf(folder);
    }

    private static List<String> allOf(Path folder) throws IOException {
        FileSpool next = new FileSpool(
                Journal.open(folder), 1 << 30, Duration.ofDays(1), PATIENCE, Clock.fixed(NOON, ZoneOffset.UTC));
        try {
            return texts(next.first().await().atMost(SOON));
        } finally {
            next.close();
        }
    }

    private static List<String> texts(Batch batch) {
        return batch.records().stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }
}
