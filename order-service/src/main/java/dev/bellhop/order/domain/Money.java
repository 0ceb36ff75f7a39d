package dev.bellhop.order.domain;

import java.util.Currency;
import java.util.regex.Pattern;

/**
 * An amount of money.
 *
 * @param amount minor units, never negative
 * @param currency ISO 4217 letters
 */
public record Money(long amount, String currency) {

    /** What can be asked for: far above any real amount and far below where JSON numbers lose digits. */
    public static final long LARGEST = 999_999_999_999L;

    private static final Pattern CURRENCY = Pattern.compile("[A-Z]{3}");

    public Money {
        if (amount < 0) {
            throw new IllegalArgumentException("money is never negative here");
        }
        if (!isCurrency(currency)) {
            throw new IllegalArgumentException("a currency has three capital letters");
        }
    }

    /** Whether the text has the form of an ISO 4217 code. */
    public static boolean isCurrency(String text) {
        return CURRENCY.matcher(text).matches();
    }

    /** Whether something can be paid in it: an ISO 4217 code, and not gold, a test code or a unit of account. */
    public static boolean isPaidIn(String code) {
        try {
            return Currency.getInstance(code).getDefaultFractionDigits() >= 0;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The sum of two amounts of one currency; {@link ArithmeticException} if it does not fit. */
    public Money plus(Money other) {
        return new Money(Math.addExact(amount, sameCurrency(other).amount), currency);
    }

    /** This much {@code quantity} times; {@link ArithmeticException} if it does not fit. */
    public Money times(int quantity) {
        return new Money(Math.multiplyExact(amount, quantity), currency);
    }

    private Money sameCurrency(Money other) {
        if (!other.currency.equals(currency)) {
            throw new IllegalArgumentException("currencies differ: " + currency + ", " + other.currency);
        }
        return other;
    }
}
