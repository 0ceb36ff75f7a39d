package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

class HostClockTest {

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final HostClock check = new HostClock(now::get);

    @Test
    void a_clock_that_goes_back_by_an_hour_wants_a_restart_until_it_has_caught_up() {
        assertThat(statusAfter(Duration.ofHours(2))).isEqualTo(Status.UP);

        assertThat(statusAfter(Duration.ofHours(-1))).isEqualTo(Status.DOWN);
        assertThat(statusAfter(Duration.ofMinutes(59))).isEqualTo(Status.DOWN);
        assertThat(statusAfter(Duration.ofMinutes(1))).isEqualTo(Status.UP);
    }

    @Test
    void a_clock_that_is_set_right_by_seconds_is_borne() {
        assertThat(statusAfter(Duration.ZERO)).isEqualTo(Status.UP);

        assertThat(statusAfter(Duration.ofSeconds(-30))).isEqualTo(Status.UP);
    }

    private Status statusAfter(Duration time) {
        now.updateAndGet(before -> before.plus(time));
        return check.call().getStatus();
    }
}
