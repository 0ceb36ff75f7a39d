package dev.bellhop.order.persistence;

import dev.bellhop.order.domain.PaymentFact;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A payment fact as a row. */
@Entity
@Table(name = "payment_fact")
@IdClass(FactRow.Key.class)
class FactRow {

    record Key(String orderId, String factKey) implements Serializable {}

    @Id
    @Column(name = "order_id")
    String orderId;

    @Id
    @Column(name = "fact_key")
    String factKey;

    String kind;
    String origin;

    @Column(name = "payment_id")
    String paymentId;

    @Column(name = "refund_id")
    String refundId;

    Long amount;
    String currency;
    String ruling;

    @Column(name = "recorded_at")
    Instant recordedAt;

    PaymentFact toFact() {
        return fact(kind, origin, paymentId, refundId, amount, currency, ruling);
    }

    static PaymentFact fact(
            String kind,
            String origin,
            String paymentId,
            String refundId,
            @Nullable Long amount,
            @Nullable String currency,
            String ruling) {
        return new PaymentFact(
                PaymentFact.Kind.valueOf(kind),
                PaymentFact.Origin.valueOf(origin),
                paymentId,
                refundId,
                amount,
                currency,
                PaymentFact.Ruling.valueOf(ruling));
    }
}
