package dev.bellhop.gateway.domain;

/** What may happen to a payment: the columns of {@link PaymentLifecycle}. */
public enum PaymentFact {
    /** The card was charged. */
    APPROVED,
    /** The amount was reserved on the card. */
    AUTHORIZED,
    /** The card's answer will come later. */
    HELD,
    /** The card was declined. */
    DECLINED,
    /** The reserved amount was taken. */
    CAPTURED,
    /** The merchant gave up. */
    CANCELLED,
    /** Nobody paid in time. */
    EXPIRED,
    /** A part was given back. */
    PARTLY_REFUNDED,
    /** The rest was given back. */
    REFUNDED
}
