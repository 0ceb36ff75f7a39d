package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class TokenBucketTest {

    private final Watch watch = new Watch();
    private final TokenBucket bucket = TokenBucket.perSecond(4, 2, watch);

    @Test
    void who_finds_it_empty_is_told_when_the_next_token_comes() {
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();

        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));

        watch.now = watch.now.plusMillis(100);
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(150));
        watch.now = watch.now.plusMillis(150);
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void a_pause_however_long_saves_no_more_than_a_burst() {
        watch.now = watch.now.plusSeconds(3_600);

        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isZero();
        assertThat(bucket.take()).isPositive();
    }

    private static final class Watch extends Clock {

        private Instant now = Instant.EPOCH;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
