package dev.bellhop.contract;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The body of a payment webhook: the article's four fields and an envelope. Only {@code event} and {@code orderId} are
 * certain; the minimal payload carries {@code amount} and {@code status} as well and leaves the event id to the headers.
 * Unknown fields are ignored, so that a provider may add some.
 *
 * @param event what happened: one of {@link #SUCCESS}, {@link #FAILED}, {@link #CANCELLED}, {@link #REFUND_SUCCESS},
 *     {@link #REFUND_FAILED}
 * @param amount minor units of {@code currency}; of a refund: what this refund gave back
 * @param status the provider's word for the payment's new status
 * @param currency ISO 4217; absent in the minimal payload
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonIgnoreProperties(ignoreUnknown = true)
public record PaymentEvent(
        String event,
        String orderId,
        @Nullable Long amount,
        @Nullable String status,
        @Nullable String currency,
        @Nullable String eventId,
        @Nullable String paymentId,
        @Nullable String refundId,
        @Nullable Instant occurredAt) {

    public static final String SUCCESS = "payment_success";
    public static final String FAILED = "payment_failed";
    public static final String CANCELLED = "payment_cancelled";
    public static final String REFUND_SUCCESS = "refund_success";
    public static final String REFUND_FAILED = "refund_failed";
}
