package dev.bellhop.order.domain;

/** What somebody wants to do with an order. */
public enum Move {
    /** Hand it to the carrier. */
    SHIP,
    /** Note that it arrived. */
    DELIVER,
    /** Give it up. */
    CANCEL,
    /** Give it up because it was not paid in time. */
    EXPIRE,
    /** Change what is ordered, or remove the order. */
    REVISE,
    /** Ask the provider for a payment. */
    PAY,
    /** Ask the provider to give money back. */
    REFUND
}
