package dev.bellhop.chassis;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class CountedPathsTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    @Test
    void a_call_that_was_broken_off_is_counted_by_a_path_of_ours() {
        registry.config().meterFilter(new CountedPaths());

        assertThat(uri("/orders/{id}/stream", "RESET")).isEqualTo("/orders/{id}/stream");
        assertThat(uri("/orders/strange", "RESET")).isEqualTo("OTHER");
        assertThat(uri("/orders", "200")).isEqualTo("/orders");
    }

    private String uri(String path, String status) {
        return String.valueOf(registry.timer("http.server.requests", "uri", path, "status", status)
                .getId()
                .getTag("uri"));
    }
}
