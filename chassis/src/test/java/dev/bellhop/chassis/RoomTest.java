package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RoomTest {

    private static final int LARGE = 40_000;

    private final AtomicLong millis = new AtomicLong(1_000);
    private final Room room = new Room(3, 2 * LARGE, () -> Instant.ofEpochMilli(millis.get()));

    @Test
    void there_is_some_for_so_many_and_for_another_when_one_has_left() {
        Room.Guest first = Objects.requireNonNull(enter(0));
        assertThat(enter(0)).isNotNull();
        assertThat(enter(0)).isNotNull();
        assertThat(enter(0)).isNull();

        room.leave(first);
        room.leave(first);

        assertThat(enter(0)).isNotNull();
        assertThat(enter(0)).isNull();
    }

    @Test
    void of_what_is_too_much_together_the_small_is_let_in() {
        assertThat(enter(LARGE)).isNotNull();
        assertThat(enter(LARGE)).isNotNull();

        assertThat(enter(LARGE)).isNull();
        assertThat(enter(300)).isNotNull();
    }

    @Test
    void who_leaves_takes_its_bytes_along() {
        Room.Guest first = Objects.requireNonNull(enter(LARGE));
        enter(LARGE);

        room.leave(first);

        assertThat(enter(LARGE)).isNotNull();
        assertThat(enter(LARGE)).isNull();
    }

    @Test
    void who_hung_up_unheard_is_found_when_there_is_no_room_and_not_looked_for_all_the_time() {
        // Given
        AtomicBoolean gone = new AtomicBoolean();
        room.enter(LARGE, gone::get);
        enter(LARGE);
        assertThat(enter(LARGE)).isNull();
        gone.set(true);
        assertThat(enter(LARGE)).isNull();

        // When
        millis.addAndGet(100);

        // Then
        assertThat(enter(LARGE)).isNotNull();
    }

    private Room.@Nullable Guest enter(long size) {
        return room.enter(size, () -> false);
    }
}
