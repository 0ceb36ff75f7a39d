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
        disk.fail(Call.FORCE, "mark");

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
        disk.fail(Call.FORCE, "mark", 1);

        // When
        releaseAnyhow();
        disk.mend();
        append("later");

        // Then
        assertThat(waiting()).containsExactly("waits", "later");
        assertThat(afterAKill()).containsExactly("waits", "later");
    }

    @Test
    void a_kill_while_a_file_is_made_small_is_no_damage_and_brings_nothing_again() throws IOException {
        // Given
        append("first" + MEGABYTE.repeat(65));
        append("waits");
        disk.fail(Call.TRUNCATE, "events.log");

        // When
        releaseAnyhow();
        spool.close();
        disk.mend();
        spool = open(PATIENCE);

        // Then
        assertDrained("waits");
        assertThat(spool.damagedBytes()).isZero();
        append("after");
        assertThat(afterAKill()).containsExactly("after");
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
    void what_there_is_no_room_to_set_aside_holds_up_nothing_and_is_set_aside_once_there_is() throws IOException {
        // Given
        String large = "x".repeat(200);
        append("one", "two" + large, "before", "three" + large, "behind");
        Batch batch = first();
        setAside(batch, 0);
        disk.leave(10);

        // When
        setAside(batch, 1);
        setAside(batch, 3);
        spool.release(batch).await().atMost(SOON);

        // Then
        assertThat(waiting()).isEmpty();
        assertThat(spool.isEmpty()).isTrue();
        assertThat(spool.age()).isZero();
        assertThat(spool.bytes()).isPositive();
        append("new");
        assertDrained("new");
        disk.enlarge();
        assertThat(waiting()).isEmpty();
        assertThat(spool.bytes()).isZero();
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.move(folder.resolve("set-aside.log"), other.resolve("events.log"));
        assertThat(allOf(other)).containsExactly("one", "two" + large, "three" + large);
    }

    @Test
    void what_could_not_be_set_aside_before_a_kill_comes_again_after_it() throws IOException {
        // Given
        append("released", "aside", "behind");
        disk.leave(10);
        Batch batch = first();

        // When
        setAside(batch, 1);
        spool.release(batch).await().atMost(SOON);

        // Then
        assertThat(afterAKill()).containsExactly("aside");
    }

    @Test
    void damage_for_which_there_is_no_room_beside_holds_up_nothing_and_is_kept_once_there_is() throws IOException {
        // Given
        append("one", "x".repeat(200) + "two", "three");
        damage("two", 'T');
        disk.leave(0);

        // When
        assertDrained("one", "three");

        // Then
        assertThat(spool.damagedBytes()).isPositive();
        assertThat(spool.bytes()).isPositive();
        disk.enlarge();
        assertThat(waiting()).isEmpty();
        assertThat(spool.bytes()).isZero();
        assertThat(Files.readString(folder.resolve("damaged.log"), StandardCharsets.ISO_8859_1))
                .endsWith("Two");
        assertThat(spool.damagedBytes()).isEqualTo(Files.size(folder.resolve("damaged.log")));
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
    void a_length_that_leads_elsewhere_hides_nothing_behind_it(int place) throws IOException {
        // Given a length that leads into the next entry, or beyond the end
        append("one");
        int two = (int) Files.size(log);
        append("two");
        int three = (int) Files.size(log);
        append("three");
        spool.close();
        byte[] bytes = Files.readAllBytes(log);
        bytes[two + 12 + place] = 5;
        Files.write(log, bytes);

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("one", "three");
        assertThat(Files.readAllBytes(folder.resolve("damaged.log"))).isEqualTo(Arrays.copyOfRange(bytes, two, three));
    }

    @Test
    void what_a_crash_cut_short_and_nobody_was_told_of_is_no_damage() throws IOException {
        // Given
        append("one", "torn");
        byte[] whole = Files.readAllBytes(log);
        spool.release(first()).await().atMost(SOON);
        append("one");
        spool.close();
        int one = (int) Files.size(log);
        Files.write(log, Arrays.copyOfRange(whole, one, whole.length - 2), StandardOpenOption.APPEND);

        // When
        spool = open(PATIENCE);

        // Then
        assertThat(spool.damagedBytes()).isZero();
        assertThat(Files.size(log)).isEqualTo(one);
        append("after");
        assertDrained("one", "after");
        assertThat(folder.resolve("damaged.log")).doesNotExist();
    }

    @Test
    void an_answered_event_that_lost_its_end_is_damage() throws IOException {
        // Given
        append("one", "answered");
        spool.close();
        byte[] bytes = Files.readAllBytes(log);
        Files.write(log, Arrays.copyOf(bytes, bytes.length - 3));

        // When
        spool = open(PATIENCE);

        // Then
        append("after");
        assertDrained("one", "after");
        assertThat(Files.readString(folder.resolve("damaged.log"), StandardCharsets.ISO_8859_1))
                .endsWith("answe");
        assertThat(spool.damagedBytes()).isEqualTo(Files.size(folder.resolve("damaged.log")) + 3);
    }

    @Test
    void an_answered_event_that_became_zeros_is_damage() throws IOException {
        // Given
        append("one");
        long one = Files.size(log);
        append("answered");
        spool.close();
        byte[] bytes = Files.readAllBytes(log);
        Arrays.fill(bytes, (int) one, bytes.length, (byte) 0);
        Files.write(log, bytes);

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("one");
        assertThat(spool.damagedBytes()).isEqualTo(bytes.length - one);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 3, 7, 8, 15, 27})
    void a_mark_with_a_wrong_bit_brings_everything_again_and_loses_nothing(int place) throws IOException {
        // Given
        append("0" + MEGABYTE.repeat(5));
        append("1", "2");
        releaseAnyhow();
        spool.close();
        Path mark = folder.resolve("mark");
        byte[] bytes = Files.readAllBytes(mark);
        bytes[place] ^= 1;
        Files.write(mark, bytes);

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("0" + MEGABYTE.repeat(5), "1", "2");
        assertThat(spool.damagedBytes()).isZero();
    }

    @Test
    void what_is_behind_sectors_that_cannot_be_read_goes_on_and_what_is_lost_counts() throws IOException {
        // Given
        String page = "x".repeat(FailingDisk.SECTOR);
        append("one" + page, "two" + page, "three" + page, "four");
        long worn = indexOf("two");

        // When
        disk.wearOut(worn - 8, worn);

        // Then
        assertDrained("three" + page, "four");
        assertThat(spool.damagedBytes()).isEqualTo(Files.size(folder.resolve("damaged.log")));
        assertThat(Files.readString(folder.resolve("damaged.log"), StandardCharsets.ISO_8859_1))
                .contains("one")
                .doesNotContain("two");
        append("after");
        assertThat(waiting()).containsExactly("after");
    }

    @Test
    void a_start_goes_past_sectors_that_cannot_be_read() throws IOException {
        // Given
        String page = "x".repeat(FailingDisk.SECTOR);
        append("one" + page, "two" + page, "three" + page, "four");
        spool.close();
        disk.wearOut(indexOf("two"), indexOf("two"));

        // When
        spool = open(PATIENCE);

        // Then
        append("after");
        assertDrained("three" + page, "four", "after");
    }

    @Test
    void a_disk_of_which_nothing_can_be_read_keeps_all() throws IOException {
        // Given
        append("one" + MEGABYTE.repeat(2), "two");

        // When
        disk.wearOut(0, 4 << 20);

        // Then
        assertThatThrownBy(this::waiting).hasMessageContaining("the disk gives nothing");
        disk.wearOut(0, 0);
        assertDrained("one" + MEGABYTE.repeat(2), "two");
        assertThat(spool.damagedBytes()).isZero();
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
        byte[] smuggled = Files.readAllBytes(log);
        spool.release(first()).await().atMost(SOON);
        smuggled[0]++; // nobody can know its marker
        byte[] two = ("two" + new String(smuggled, StandardCharsets.ISO_8859_1)).getBytes(StandardCharsets.ISO_8859_1);
        spool.append(List.of(two)).await().atMost(SOON);
        append("three");
        spool.close();
        damage("two", 'T');

        // When
        spool = open(PATIENCE);

        // Then
        assertDrained("three");
    }

    @Test
    void a_mark_beyond_the_file_brings_everything_again() throws IOException {
        // Given
        append("one", "two");
        spool.close();
        Files.write(folder.resolve("mark"), new byte[] {0, 0, 0, 0, 0, 0, 127, 0});

        // When
        spool = open(PATIENCE);
        append("three");

        // Then
        assertThat(afterAKill()).containsExactly("one", "two", "three");
    }

    @Test
    void events_of_an_earlier_version_stop_the_boot_and_stay() throws IOException {
        // Given
        append("one");
        spool.close();
        byte[] events = Files.readAllBytes(log);
        Files.write(folder.resolve("released"), new byte[8]);

        // When
        assertThatThrownBy(() -> open(PATIENCE)).hasMessageContaining("an earlier version");

        // Then
        assertThat(Files.readAllBytes(log)).isEqualTo(events);
    }

    @Test
    void what_an_earlier_version_left_and_had_sent_stops_no_boot_that_finds_events_of_ours() throws IOException {
        // Given
        spool.close();
        Files.write(folder.resolve("released"), new byte[8]);
        spool = open(PATIENCE);
        append("one");

        // When
        spool.close();
        spool = open(PATIENCE);

        // Then
        assertThat(waiting()).containsExactly("one");
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

    private void setAside(Batch batch, int which) {
        spool.setAside(batch.records().get(which)).await().atMost(SOON);
    }

    private long indexOf(String text) throws IOException {
        return new String(Files.readAllBytes(log), StandardCharsets.ISO_8859_1).indexOf(text);
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
                .map(spooled -> new String(spooled.record(), StandardCharsets.UTF_8))
                .toList();
    }
}
