package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class LoginLimitTest {

    private final Watch watch = new Watch();
    private final LoginLimit limit = new LoginLimit(new Three(), watch);

    @Test
    void an_address_has_so_many_attempts_and_gets_them_back_one_by_one() {
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
        assertThat(limit.take("b")).isTrue();

        watch.now = watch.now.plusSeconds(3);

        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
    }

    private static final class Three implements ConsoleConfig {

        @Override
        public Duration session() {
            return Duration.ofHours(8);
        }

        @Override
        public boolean secureCookie() {
            return true;
        }

        @Override
        public int loginAttempts() {
            return 3;
        }
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
