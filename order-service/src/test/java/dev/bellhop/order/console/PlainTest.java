package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.chassis.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlainTest {

    @ParameterizedTest
    @ValueSource(ints = {400, 403, 404, 405, 409, 412, 413, 422, 429, 500, 503})
    void no_heading_is_a_name_of_the_protocol(int status) {
        Plain plain = Plain.of(status);

        assertThat(plain.title()).isNotEqualTo(Problem.title(status)).isNotBlank();
        assertThat(plain.text()).endsWith(".");
    }

    /** Of two refunds the provider may take the first. */
    @Test
    void what_the_provider_refused_may_be_done_in_part() {
        assertThat(Plain.of(422).text()).isEqualTo("Look first whether a part of it was done.");
    }
}
