package dev.bellhop.order.domain;

/** What all payment facts of an order amount to; see {@link PaymentLedger}. */
public enum Standing {
    /** No money, and no word about it. */
    UNPAID,
    /** Every payment that we know of failed or was cancelled. */
    FAILED,
    /** One payment of the right amount. */
    CAPTURED,
    /** Captured, and a part went back. */
    PARTLY_REFUNDED,
    /** All that was captured went back. */
    REFUNDED,
    /** Captured in another currency than the order's. */
    CURRENCY_MISMATCH,
    /** Captured another amount than the order's. */
    AMOUNT_MISMATCH,
    /** Several payments were captured and kept. */
    OVERPAID,
    /** The only capture is one that the provider denies. */
    UNKNOWN_PAYMENT
}
