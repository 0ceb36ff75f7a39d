package dev.bellhop.gateway.domain;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to a payment. Its {@link #body} never changes: every delivery sends the same bytes.
 *
 * @param amount of a refund event: this refund's amount; else the payment's
 * @param status the payment's status once this had happened
 * @param traceparent W3C trace context of the call that caused it
 */
public record Event(
        String id,
        EventType type,
        String owner,
        String paymentId,
        String orderId,
        long amount,
        String currency,
        PaymentStatus status,
        @Nullable String refundId,
        Instant occurredAt,
        @Nullable String traceparent) {

    /** The event that reports {@code happening} of {@code payment}. */
    public static Event of(
            Payment payment, Payment.Happening happening, String id, Instant now, @Nullable String traceparent) {
        return new Event(
                id,
                happening.type(),
                payment.owner(),
                payment.id(),
                payment.orderId(),
                happening.amount(),
                payment.currency(),
                happening.status(),
                happening.refundId(),
                now,
                traceparent);
    }

    /** The webhook's body: the article's four fields, then the envelope. */
    public byte[] body() {
        return json(orderId, amount, currency).getBytes(StandardCharsets.UTF_8);
    }

    String json(String orderId, long amount, String currency) {
        StringBuilder json = new StringBuilder(256);
        json.append("{\"event\":").append(JsonText.of(type.word()));
        json.append(",\"orderId\":").append(JsonText.of(orderId));
        json.append(",\"amount\":").append(amount);
        json.append(",\"status\":").append(JsonText.of(status.word()));
        json.append(",\"currency\":").append(JsonText.of(currency));
        json.append(",\"eventId\":").append(JsonText.of(id));
        json.append(",\"paymentId\":").append(JsonText.of(paymentId));
        if (refundId != null) {
            json.append(",\"refundId\":").append(JsonText.of(refundId));
        }
        json.append(",\"occurredAt\":").append(JsonText.of(occurredAt.toString()));
        return json.append('}').toString();
    }
}
