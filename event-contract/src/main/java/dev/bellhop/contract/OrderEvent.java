package dev.bellhop.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One change of an order, as published on {@link Topics#ORDERS} with the order id as key. Changes of one order come in
 * the order of {@code version}; a record may come again, with the same {@code eventId}, also behind later ones. Who keeps
 * where an order stands passes over versions that are not newer.
 *
 * @param eventId unique per change
 * @param type what happened, past tense: {@code OrderPlaced}, {@code OrderPaid}, {@code OrderShipped}, …
 * @param previousStatus absent when the order was just placed
 * @param version the order's version after the change: from 1, or on from the last one of an order of this id that was removed
 * @param amount the order's total in minor units of {@code currency}
 * @param cause {@code api}, {@code webhook}, {@code reconciliation} or {@code expiry}
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OrderEvent(
        String eventId,
        String type,
        String orderId,
        String customerId,
        String status,
        @Nullable String previousStatus,
        long version,
        long amount,
        String currency,
        String cause,
        Instant occurredAt) {}
