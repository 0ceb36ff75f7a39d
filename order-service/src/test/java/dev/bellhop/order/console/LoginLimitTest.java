package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class LoginLimitTest {

    private final SettableClock clock = new SettableClock();
    private final LoginLimit limit = new LoginLimit(new Three(), clock);

    @Test
    void an_address_has_so_many_attempts_and_gets_them_back_one_by_one() {
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isTrue();
        assertThat(limit.take("a")).isFalse();
        assertThat(limit.take("b")).isTrue();

        clock.advance(Duration.ofSeconds(3));

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
}
