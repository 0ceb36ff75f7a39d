package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RawTest {

    @Test
    void text_is_shown_as_it_came() {
        Raw raw = Raw.of("{\"name\":\"Zoë 🙂\"}\r\n".getBytes(StandardCharsets.UTF_8));

        assertThat(raw.text()).isEqualTo("{\"name\":\"Zoë 🙂\"}\\u000D\n");
        assertThat(raw.form()).isEqualTo(Raw.Form.TEXT);
        assertThat(raw.size()).isEqualTo(22);
    }

    @Test
    void what_cannot_be_seen_is_written_out() {
        assertThat(Raw.visible("a\u202Eb\u0000c\u200Bd\u001B[2J")).isEqualTo("a\\u202Eb\\u0000c\\u200Bd\\u001B[2J");
    }

    @Test
    void bytes_that_are_no_text_are_shown_in_hexadecimal() {
        Raw raw = Raw.of(new byte[] {(byte) 0xC3, '(', 'A'});

        assertThat(raw.form()).isEqualTo(Raw.Form.HEXADECIMAL);
        assertThat(raw.text()).isEqualTo("000000  c3 28 41  .(A\n");
    }

    @Test
    void the_beginning_of_a_long_text_ends_with_a_whole_character() {
        byte[] beginning = Arrays.copyOf("aäöü".getBytes(StandardCharsets.UTF_8), 4);

        Raw raw = Raw.of(beginning, 7);

        assertThat(raw.text()).isEqualTo("aä");
        assertThat(raw.cut()).isTrue();
        assertThat(raw.size()).isEqualTo(7);
    }
}
