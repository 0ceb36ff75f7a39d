package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.domain.Money;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ShownTest {

    @Test
    void durations_have_their_two_largest_units() {
        assertThat(Shown.brief(Duration.ofMillis(7))).isEqualTo("7 ms");
        assertThat(Shown.brief(Duration.ofMillis(1_250))).isEqualTo("1.3 s");
        assertThat(Shown.brief(Duration.ofMinutes(5))).isEqualTo("5 min");
        assertThat(Shown.brief(Duration.ofSeconds(3_700))).isEqualTo("1 h 1 min");
        assertThat(Shown.brief(Duration.ofDays(3))).isEqualTo("3 days");
        assertThat(Shown.brief(Duration.ofSeconds(-3))).isEqualTo("0 ms");
    }

    @Test
    void money_is_shown_in_major_units() {
        assertThat(Shown.shown(new Money(999, "USD"))).isEqualTo("9.99 USD");
        assertThat(Shown.shown(new Money(999, "JPY"))).isEqualTo("999 JPY");
        assertThat(Shown.shown(new Money(999_999_999_999L, "JPY"))).isEqualTo("999,999,999,999 JPY");
        assertThat(Shown.shown(new Money(1_234_567_890, "KWD"))).isEqualTo("1,234,567.890 KWD");
        assertThat(Shown.shown(new Money(999, "ZZZ"))).isEqualTo("9.99 ZZZ");
    }

    @Test
    void times_are_in_utc() {
        Instant at = Instant.parse("2026-01-31T23:59:58.007Z");

        assertThat(Shown.exact(at)).isEqualTo("31 Jan 2026 23:59:58.007 UTC");
        assertThat(Shown.brief(at)).isEqualTo("31 Jan 2026 23:59:58");
    }
}
