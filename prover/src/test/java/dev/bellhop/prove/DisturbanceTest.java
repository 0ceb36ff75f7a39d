package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisturbanceTest {

    private static final Duration EACH = Duration.ofSeconds(10);

    @Test
    void the_same_seed_gives_the_same_schedule() {
        // When
        List<Disturbance.Planned> first = Disturbance.schedule(42, Duration.ofMinutes(10), EACH);

        // Then
        assertThat(Disturbance.schedule(42, Duration.ofMinutes(10), EACH)).isEqualTo(first);
        assertThat(Disturbance.schedule(43, Duration.ofMinutes(10), EACH)).isNotEqualTo(first);
    }

    @Test
    void each_kind_comes_before_any_comes_again() {
        // When
        Duration length = EACH.multipliedBy(Disturbance.values().length);
        List<Disturbance.Planned> schedule = Disturbance.schedule(7, length, EACH);

        // Then
        assertThat(schedule)
                .extracting(Disturbance.Planned::disturbance)
                .containsExactlyInAnyOrder(Disturbance.values());
    }
}
