package dev.bellhop.gateway.api;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AmountsTest {

    @Test
    void an_amount_has_its_currencys_decimals_and_its_digits_in_groups() {
        assertThat(Amounts.text(999, "USD")).isEqualTo("9.99 USD");
        assertThat(Amounts.text(5, "KWD")).isEqualTo("0.005 KWD");
        assertThat(Amounts.text(1_234_567_890, "KWD")).isEqualTo("1,234,567.890 KWD");
        assertThat(Amounts.text(999_999_999_999L, "JPY")).isEqualTo("999,999,999,999 JPY");
    }
}
