package dev.bellhop.gateway.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpAnswerTest {

    private static final Instant NOON = Instant.parse("2030-01-01T12:00:00Z");

    @Test
    void retry_after_is_seconds_or_a_date() {
        assertThat(HttpAnswer.retryAfter("120", NOON)).isEqualTo(Duration.ofMinutes(2));
        assertThat(HttpAnswer.retryAfter(" 0 ", NOON)).isEqualTo(Duration.ZERO);
        assertThat(HttpAnswer.retryAfter("Tue, 01 Jan 2030 12:30:00 GMT", NOON)).isEqualTo(Duration.ofMinutes(30));
        assertThat(HttpAnswer.retryAfter("999999999", NOON)).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "soon", "1.5", "99999999999999999999"})
    void nonsense_counts_as_absent(String header) {
        assertThat(HttpAnswer.retryAfter(header, NOON)).isNull();
    }
}
