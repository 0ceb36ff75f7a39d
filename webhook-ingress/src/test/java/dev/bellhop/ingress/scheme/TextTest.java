package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TextTest {

    /** What is decoded may be a secret, and the message goes to the log. */
    @Test
    void what_cannot_be_decoded_is_not_told() {
        assertThatThrownBy(() -> Text.base64("QUJDR_VG"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("what must be base64 is not");
        assertThatThrownBy(() -> Text.hex("00Z0"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessage("what must be hexadecimal is not");
    }
}
