package dev.bellhop.order.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {

    @ParameterizedTest
    @ValueSource(strings = {"0000-01-01T00:00:00Z", "2026-01-31T12:00:00.5Z", "9999-12-31T23:59:59.999999999Z"})
    void a_time_of_four_digits_is_a_time(String text) {
        assertThat(Rfc3339.parse(text)).isEqualTo(Instant.parse(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2026-01-31",
                "2026-01-31T12:00:00",
                "-0001-12-31T23:59:59Z",
                "+10000-01-01T00:00:00Z",
                "+1000000000-01-01T00:00:00Z"
            })
    void no_other_is(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(DateTimeParseException.class);
    }
}
