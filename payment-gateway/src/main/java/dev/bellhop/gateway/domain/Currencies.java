package dev.bellhop.gateway.domain;

import java.util.Currency;

/** ISO 4217 as the JDK knows it. */
public final class Currencies {

    private Currencies() {}

    /** Whether money of this currency can be paid with: known, and not gold, a test code or a unit of account. */
    public static boolean exists(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** How many decimals the minor unit stands for: 0 for JPY, 2 for USD, 3 for KWD. */
    public static int decimals(String code) {
        return Currency.getInstance(code).getDefaultFractionDigits();
    }
}
