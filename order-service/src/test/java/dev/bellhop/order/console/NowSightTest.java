package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.Activity;
import dev.bellhop.order.app.WatchActivity.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class NowSightTest {

    private static final Duration PARKED_TOO_LONG = Duration.ofMinutes(5);

    @Test
    void nothing_is_needed_while_nothing_waits_for_a_person() {
        Activity.Backlog calm = backlog(3, PARKED_TOO_LONG.minusSeconds(1), 0, 0);

        assertThat(needs(calm, 0L)).isEmpty();
    }

    @Test
    void what_waits_for_a_person_is_named_and_so_is_what_is_down() {
        Activity.Backlog busy = backlog(3, Duration.ofMinutes(6), 1, 1_001);

        assertThat(needs(busy, null))
                .containsExactly(
                        "1 order in review",
                        "an event parked for 6 min",
                        "more than 1,000 dead letters",
                        "Kafka is down");
    }

    private static List<String> needs(Activity.Backlog backlog, @Nullable Long lag) {
        Sample sample = new Sample(
                Instant.EPOCH,
                new Activity.Flow(0, null, null, List.of(), true),
                backlog,
                new Activity.Asks(0, 0, List.of(0L, 0L, 0L, 0L, 0L)),
                Duration.ZERO,
                lag,
                true);
        return NowSight.of(sample, PARKED_TOO_LONG).needs();
    }

    private static Activity.Backlog backlog(long parked, Duration parkedOldest, long reviews, long letters) {
        return new Activity.Backlog(0, Duration.ZERO, parked, parkedOldest, reviews, letters, null);
    }
}
