package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {

    @ParameterizedTest
    @ValueSource(strings = {"PT0S", "PT0.0009S", "PT-1S"})
    void a_gate_without_time_for_a_body_is_none(String bodyTimeout) {
        assertThatThrownBy(() -> new Gate(1_000, Duration.parse(bodyTimeout)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(bodyTimeout);
    }
}
