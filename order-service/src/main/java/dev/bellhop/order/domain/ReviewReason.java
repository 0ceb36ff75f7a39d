package dev.bellhop.order.domain;

import java.util.Locale;

/** Why an order is {@link OrderStatus#NEEDS_REVIEW}. */
public enum ReviewReason {
    /** Another amount was captured than the order costs, or nobody says how much. */
    AMOUNT_MISMATCH,
    /** It was captured in another currency. */
    CURRENCY_MISMATCH,
    /** Two payments were captured for one order. */
    OVERPAID,
    /** Money arrived for an order that was cancelled or had expired. */
    PAID_AFTER_CANCEL,
    /** The provider, asked in doubt, knows nothing of the captured payment. */
    UNKNOWN_PAYMENT;

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The reason of a {@link #word()}. */
    public static ReviewReason of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
