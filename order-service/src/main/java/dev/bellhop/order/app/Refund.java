package dev.bellhop.order.app;

import dev.bellhop.order.app.RefundOrder.NoPayment;
import dev.bellhop.order.app.RefundOrder.TooMuch;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * One refund, as it is asked for.
 *
 * @param amount minor units
 * @param attempt the same for what must not be given back twice
 */
record Refund(String paymentId, long amount, String attempt) {

    /**
     * How {@code wanted} minor units are shared among the payments of which there is something left; else it is all of the one
     * that we asked for: an event may have named none. Fails with {@link TooMuch} or {@link NoPayment}.
     */
    static Map<String, Long> shares(Order order, List<PaymentFact> facts, long wanted) {
        SortedMap<String, Long> kept = PaymentLedger.keptByPayment(order.total(), facts);
        Order.RequestedPayment asked = order.payment();
        if (kept.isEmpty() && asked != null && wanted > 0) {
            return Map.of(asked.paymentId(), wanted);
        }
        if (kept.isEmpty()) {
            throw new NoPayment();
        }
        Map<String, Long> shares = new LinkedHashMap<>();
        long rest = wanted;
        for (Map.Entry<String, Long> payment : kept.entrySet()) {
            long share = Math.min(rest, payment.getValue());
            if (share > 0) {
                shares.put(payment.getKey(), share);
                rest -= share;
            }
        }
        if (rest > 0) {
            throw new TooMuch(wanted - rest);
        }
        return shares;
    }

    /** Whether it is such a refund that {@code fact} says went through. */
    boolean isToldBy(PaymentFact fact) {
        return fact.kind() == PaymentFact.Kind.REFUNDED
                && Long.valueOf(amount).equals(fact.amount())
                && (fact.paymentId().equals(paymentId) || fact.paymentId().equals(PaymentFact.UNNAMED));
    }

    /**
     * The end of an attempt's name: the provider would answer the same attempt with the refund that failed. What stands before
     * ends with a number, so no other name ends alike.
     */
    static String afterFailures(List<PaymentFact> facts) {
        long failed = facts.stream()
                .filter(fact -> fact.kind() == PaymentFact.Kind.REFUND_FAILED)
                .map(PaymentFact::refundId)
                .distinct()
                .count();
        return failed == 0 ? "" : "~" + failed;
    }
}
