package dev.bellhop.order.domain;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where an order stands, as clients see it: {@link OrderLifecycle} derives it from a {@link Stage} and a {@link Standing}. */
public enum OrderStatus {
    /** Placed, no word about money yet. */
    PENDING("Pending"),
    /** Every payment so far failed or was given up; another may be asked for. */
    PAYMENT_FAILED("PaymentFailed"),
    /** The whole amount was captured. */
    PAID("Paid"),
    /** On its way. */
    SHIPPED("Shipped"),
    /** Arrived. */
    DELIVERED("Delivered"),
    /** Given up before it was paid. */
    CANCELLED("Cancelled"),
    /** Not paid in time, as the provider confirmed. */
    EXPIRED("Expired"),
    /** A part of what was captured went back. */
    PARTIALLY_REFUNDED("PartiallyRefunded"),
    /** All that was captured went back. */
    REFUNDED("Refunded"),
    /** The money does not fit the order; an operator decides. */
    NEEDS_REVIEW("NeedsReview");

    private static final Map<String, OrderStatus> BY_WORD =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(OrderStatus::word, status -> status));

    private final String word;

    OrderStatus(String word) {
        this.word = word;
    }

    /** The word on the wire and in the database. */
    public String word() {
        return word;
    }

    /** The status of a {@link #word()}, or null if there is none. */
    public static @Nullable OrderStatus find(String word) {
        return BY_WORD.get(word);
    }

    /** The status of a {@link #word()}. */
    public static OrderStatus of(String word) {
        OrderStatus status = find(word);
        if (status == null) {
            throw new IllegalArgumentException("no such status: " + word);
        }
        return status;
    }

    /** Whether nothing moves the order any more but money coming or going back. */
    public boolean isFinal() {
        return switch (this) {
            case DELIVERED, CANCELLED, EXPIRED, REFUNDED -> true;
            case PENDING, PAYMENT_FAILED, PAID, SHIPPED, PARTIALLY_REFUNDED, NEEDS_REVIEW -> false;
        };
    }
}
