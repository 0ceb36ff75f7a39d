package dev.bellhop.order.app;

import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import io.smallrye.mutiny.Uni;

/** Port: the payment provider. Every call fails with {@link Unavailable} when no usable answer comes in time. */
public interface PaymentProvider {

    /** Asks for a payment; the same {@code idempotencyKey} gives the same payment. */
    Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey);

    /** Asks to give back {@code amount} minor units; the outcome comes by webhook. */
    Uni<Void> refund(String paymentId, long amount, String idempotencyKey);

    /** The provider did not answer, or not usefully. Trying again later may help. */
    final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public Unavailable(Throwable cause) {
            super("the payment provider is not available", cause);
        }
    }
}
