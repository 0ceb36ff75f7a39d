package dev.bellhop.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");
    private static final RetrySchedule SCHEDULE =
            new RetrySchedule(List.of(Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(5)), 0.2);

    @Test
    void jitter_stays_within_its_share_and_uses_all_of_it() {
        Set<Long> delays = new HashSet<>();
        for (int i = 0; i < 10_000; i++) {
            delays.add(Duration.between(NOON, SCHEDULE.next("evt_" + i, 2, NOON, null))
                    .toMillis());
        }
        assertThat(delays).allMatch(delay -> delay >= 240_000 && delay <= 360_000);
        assertThat(delays).anyMatch(delay -> delay < 242_000).anyMatch(delay -> delay > 358_000);
    }

    @Test
    void the_same_attempt_of_the_same_event_has_the_same_delay() {
        assertThat(SCHEDULE.next("evt_1", 1, NOON, null)).isEqualTo(SCHEDULE.next("evt_1", 1, NOON, null));
    }

    @Test
    void retry_after_is_a_lower_bound() {
        assertThat(SCHEDULE.next("evt_1", 1, NOON, Duration.ofHours(1))).isEqualTo(NOON.plus(Duration.ofHours(1)));
        assertThat(SCHEDULE.next("evt_1", 2, NOON, Duration.ofSeconds(1))).isAfter(NOON.plus(Duration.ofMinutes(3)));
    }

    @Test
    void there_are_as_many_attempts_as_delays() {
        assertThat(SCHEDULE.next("evt_1", 2, NOON, null)).isNotNull();
        assertThat(SCHEDULE.next("evt_1", 3, NOON, null)).isNull();
    }
}
