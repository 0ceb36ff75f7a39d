package dev.bellhop.order.domain;

/** What was done with an order on our side, whatever became of its money. */
public enum Stage {
    /** Placed; nothing was done yet. */
    OPEN,
    /** Handed to the carrier. */
    SHIPPED,
    /** Arrived. */
    DELIVERED,
    /** Given up. */
    CANCELLED,
    /** Given up by time. */
    EXPIRED
}
