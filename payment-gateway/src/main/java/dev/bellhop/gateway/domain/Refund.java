package dev.bellhop.gateway.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Money on its way back.
 *
 * @param settleAt when a pending refund is decided; null once it is
 */
public record Refund(String id, long amount, RefundStatus status, Instant createdAt, @Nullable Instant settleAt) {

    public Refund {
        if (amount <= 0) {
            throw new IllegalArgumentException("a refund gives back at least one minor unit");
        }
    }

    Refund decided(RefundStatus outcome) {
        return new Refund(id, amount, outcome, createdAt, null);
    }
}
