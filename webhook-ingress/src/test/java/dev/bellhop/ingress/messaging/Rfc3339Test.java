package dev.bellhop.ingress.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class Rfc3339Test {

    @Test
    void has_milliseconds_always() {
        assertThat(Rfc3339.of(Instant.parse("2026-01-02T03:04:05Z"))).isEqualTo("2026-01-02T03:04:05.000Z");
        assertThat(Rfc3339.of(Instant.parse("2026-01-02T03:04:05.007999Z"))).isEqualTo("2026-01-02T03:04:05.007Z");
        assertThat(Rfc3339.of(Instant.parse("2026-01-02T03:04:05.070Z"))).isEqualTo("2026-01-02T03:04:05.070Z");
        assertThat(Rfc3339.of(Instant.parse("2026-01-02T03:04:06.999Z"))).isEqualTo("2026-01-02T03:04:06.999Z");
        assertThat(Rfc3339.of(Instant.EPOCH)).isEqualTo("1970-01-01T00:00:00.000Z");
    }
}
