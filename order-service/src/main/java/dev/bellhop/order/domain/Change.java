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

    /** The {@code type} of a change that left all as it was, because a refund that was asked for failed. */
    public static final String REFUND_FAILED = "OrderRefundFailed";

    /** The same change under another name. */
    public Change called(String name) {
        return new Change(orderId, version, at, from, to, name, origin);
    }
}
