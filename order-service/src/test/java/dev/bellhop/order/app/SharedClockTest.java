package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.SettableClock;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SharedClockTest {

    private final SettableClock database = new SettableClock();
    private final SettableClock host = new SettableClock();
    private final SettableClock running = new SettableClock();
    private SharedClock clock = started();
    private Duration answerTakes = Duration.ZERO;

    @ParameterizedTest
    @ValueSource(strings = {"PT10M", "PT-10M", "PT2.345S", "PT-2.345S"})
    void instances_whose_hosts_differ_count_by_one_clock(Duration ahead) {
        // Given
        host.advance(ahead);
        clock = started();

        // When
        agree();

        // Then
        assertThat(clock.instant()).isEqualTo(database.instant());
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT1H", "PT-1H", "PT-20S"})
    void a_step_of_the_hosts_clock_changes_nothing(Duration step) {
        // Given
        agree();

        // When
        host.advance(step);

        // Then
        assertThat(clock.instant()).isEqualTo(database.instant());
    }

    @Test
    void clocks_that_are_kept_in_step_are_left_alone() {
        // Given
        host.advance(Duration.ofMillis(900));
        clock = started();

        // When
        agree();

        // Then
        assertThat(clock.instant()).isEqualTo(host.instant());
    }

    @Test
    void an_answer_that_takes_long_is_no_difference() {
        // Given
        answerTakes = Duration.ofSeconds(10);

        // When
        agree();

        // Then
        assertThat(clock.instant()).isEqualTo(host.instant().plusSeconds(10));
    }

    private SharedClock started() {
        return new SharedClock(host, () -> TimeUnit.MILLISECONDS.toNanos(running.millis()), this::told);
    }

    private void agree() {
        clock.agree().await().atMost(Duration.ofSeconds(10));
    }

    private Uni<Instant> told() {
        return Uni.createFrom().item(() -> {
            Instant told = database.instant();
            running.advance(answerTakes);
            return told;
        });
    }
}
