package dev.bellhop.order.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private Instant now = Instant.EPOCH;

    private final RateLimit limit = new RateLimit(
            new RateLimit.Settings() {
                @Override
                public int perSecond() {
                    return 2;
                }

                @Override
                public int burst() {
                    return 3;
                }
            },
            new Clock() {
                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }

                @Override
                public Instant instant() {
                    return now;
                }
            });

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

        now = now.plusMillis(500);
        limit.take("a");
        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
        now = now.plusSeconds(3600);
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

        now = now.minusSeconds(60);

        assertThatThrownBy(() -> limit.take("a")).isInstanceOf(RateLimit.Exhausted.class);
    }
}
