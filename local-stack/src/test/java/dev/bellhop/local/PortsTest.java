package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void nobody_is_given_what_another_was_given() {
        // When
        List<Integer> ports = Stream.generate(Ports::free).limit(1_000).toList();

        // Then
        assertThat(ports).doesNotHaveDuplicates();
    }
}
