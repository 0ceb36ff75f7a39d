package dev.bellhop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.bellhop.order.app.SharedClock;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(DoubtsProfile.class)
class SharedClockIT {

    @Inject
    AheadClock host;

    @Inject
    SharedClock clock;

    @Test
    void an_instance_whose_host_is_ahead_counts_by_the_databases_clock() {
        // Given
        host.jump(Duration.ofMinutes(10));

        // When
        clock.agree().await().atMost(Story.SOON);

        // Then
        Instant now = clock.instant();
        assertThat(now).isCloseTo(Instant.now(), within(2, ChronoUnit.SECONDS));
        assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MILLIS));
    }
}
