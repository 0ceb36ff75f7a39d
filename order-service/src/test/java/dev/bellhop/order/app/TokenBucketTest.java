package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final SettableClock clock = new SettableClock();
    private final TokenBucket bucket = TokenBucket.perSecond(4, 2, clock);

    @Test
    void who_finds_it_empty_is_told_when_the_next_token_comes() {
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();

        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));

        clock.advance(Duration.ofMillis(100));
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(150));
        clock.advance(Duration.ofMillis(150));
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void a_pause_however_long_saves_no_more_than_a_burst() {
        clock.advance(Duration.ofHours(1));

        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    @Test
    void it_is_full_again_after_a_pause() {
        assertThat(bucket.isFull()).isTrue();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.isFull()).isFalse();

        clock.advance(Duration.ofMillis(250));

        assertThat(bucket.isFull()).isTrue();
    }

    /** The host's does, and so does the shared one, once it is put right. */
    @Test
    void a_clock_that_goes_back_gives_nothing_away_and_takes_nothing() {
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();

        clock.advance(Duration.ofMinutes(-10));

        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));
        clock.advance(Duration.ofMillis(250));
        assertThat(bucket.take()).isZero();
    }
}
