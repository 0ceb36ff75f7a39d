package dev.bellhop.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bellhop.gateway.domain.CardAttempt;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.Refund;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A payment as clients see it. */
record PaymentView(
        String paymentId,
        String orderId,
        long amount,
        String currency,
        String status,
        String capture,
        long amountCaptured,
        long amountRefunded,
        String checkoutUrl,
        Instant createdAt,
        Instant updatedAt,
        Instant expiresAt,
        List<AttemptView> attempts,
        List<RefundView> refunds) {

    static PaymentView of(Payment payment, Links links) {
        return new PaymentView(
                payment.id(),
                payment.orderId(),
                payment.amount(),
                payment.currency(),
                payment.status().word(),
                payment.capture().name().toLowerCase(Locale.ROOT),
                payment.captured(),
                payment.refunded(),
                links.checkout(payment.id()),
                payment.createdAt(),
                payment.updatedAt(),
                payment.expiresAt(),
                payment.attempts().stream().map(AttemptView::of).toList(),
                payment.refunds().stream().map(RefundView::of).toList());
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record AttemptView(int number, String card, String result, @Nullable String failureCode, Instant at) {

        static AttemptView of(CardAttempt attempt) {
            return new AttemptView(
                    attempt.number(),
                    "…" + attempt.card(),
                    attempt.answer().name().toLowerCase(Locale.ROOT),
                    attempt.failureCode(),
                    attempt.at());
        }
    }

    record RefundView(String refundId, long amount, String status, Instant createdAt) {

        static RefundView of(Refund refund) {
            return new RefundView(refund.id(), refund.amount(), refund.status().word(), refund.createdAt());
        }
    }
}
