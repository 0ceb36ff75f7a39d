package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.Currencies;
import java.math.BigDecimal;
import java.util.Locale;

/** Money for people. */
final class Amounts {

    private Amounts() {}

    static String text(long amount, String currency) {
        int digits = Currencies.decimals(currency);
        return String.format(Locale.ENGLISH, "%,." + digits + "f %s", BigDecimal.valueOf(amount, digits), currency);
    }
}
