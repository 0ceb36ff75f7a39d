package dev.bellhop.order.app;

import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Whether what an event told must be asked about at the provider. */
@Singleton
final class Doubts {

    private final AskingConfig.Details details;

    Doubts(AskingConfig config) {
        this.details = config.details();
    }

    /** About {@code fact}, with which the order has come to stand where it does. */
    boolean raisedBy(PaymentFact fact, Order order) {
        if (fact.kind() != PaymentFact.Kind.CAPTURED) {
            return false;
        }
        return switch (details) {
            case NEVER -> false;
            case ALWAYS -> true;
            case ON_DOUBT ->
                switch (order.ledger().standing()) {
                    case AMOUNT_MISMATCH, CURRENCY_MISMATCH, OVERPAID -> true;
                    case UNPAID, FAILED, CAPTURED, PARTLY_REFUNDED, REFUNDED, UNKNOWN_PAYMENT ->
                        isAnother(order.payment(), fact);
                };
        };
    }

    /** Or does not say which. If we never asked for one, or lost the answer, none can be another. */
    private static boolean isAnother(Order.@Nullable RequestedPayment requested, PaymentFact fact) {
        return requested != null && !fact.paymentId().equals(requested.paymentId());
    }
}
