package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.order.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private final SettableClock clock = new SettableClock();

    private final RateLimit limit = new RateLimit(new Limits(2, 3), clock);

    private record Limits(int perSecond, int burst) implements RateLimit.Settings {}

    private void takeAll() {
        for (int i = 0; i < 3; i++) {
            limit.take("a");
        }
    }

    @Test
    void a_burst_goes_through_and_what_comes_after_it_is_told_when_to_come_back() {
        takeAll();

        assertThatThrownBy(() -> limit.take("a"))
                .isInstanceOfSatisfying(RateLimit.Exhausted.class, refused -> assertThat(refused.retryAfterSeconds())
                        .isEqualTo(1));
    }

    @Test
    void tokens_come_back_with_time_but_not_beyond_the_burst() {
        takeAll();

        clock.advance(Duration.ofMillis(500));
        limit.take("a");
        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
        clock.advance(Duration.ofHours(1));
        takeAll();
        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
    }

    @Test
    void one_key_does_not_pay_for_another() {
        takeAll();

        assertThatCode(() -> limit.take("b")).doesNotThrowAnyException();
    }

    @Test
    void a_clock_that_goes_back_gives_nothing_away() {
        takeAll();

        clock.advance(Duration.ofMinutes(-1));

        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
    }

    @Test
    void however_many_call_not_all_are_remembered_and_who_just_called_is() {
        for (int i = 0; i < 9_999; i++) {
            limit.take("early-" + i);
        }
        clock.advance(Duration.ofHours(1));
        takeAll();

        for (int i = 0; i < 3_000; i++) {
            limit.take("late-" + i);
        }

        assertThat(limit.size()).isEqualTo(3_001);
        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
    }

    @Test
    void more_at_once_than_can_be_remembered_are_forgotten() {
        for (int i = 0; i < 25_000; i++) {
            limit.take("k-" + i);
        }

        assertThat(limit.size()).isEqualTo(5_000);
    }
}
