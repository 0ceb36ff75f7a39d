package dev.bellhop.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One entry of an order's history.
 *
 * @param version the order's version after it, from 1 and growing
 * @param from null for the first
 * @param type what happened, past tense, as in {@code orders.events}: {@code OrderPaid}, …
 */
public record Change(
        OrderId orderId,
        long version,
        Instant at,
        @Nullable OrderStatus from,
        OrderStatus to,
        String type,
        Origin origin) {

    /** The {@code type} of the last change of an order that was removed. */
    public static final String DELETED = "OrderDeleted";
}
