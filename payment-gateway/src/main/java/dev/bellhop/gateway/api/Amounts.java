package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.Currencies;
import java.math.BigDecimal;

/** Money for people. */
final class Amounts {

    private Amounts() {}

    static String text(long amount, String currency) {
        return BigDecimal.valueOf(amount, Currencies.decimals(currency)).toPlainString() + " " + currency;
    }
}
