package dev.bellhop.gateway.domain;

import java.util.List;
import java.util.Map;

/**
 * What is true about one order, whatever its merchant was told.
 *
 * @param statusQueries how often somebody asked
 */
public record Truth(String orderId, List<PaymentTruth> payments, List<EventTruth> events, long statusQueries) {

    public Truth {
        payments = List.copyOf(payments);
        events = List.copyOf(events);
    }

    /** What became of one payment's money. */
    public record PaymentTruth(
            String paymentId, PaymentStatus status, long amount, String currency, long paid, long refunded) {}

    /**
     * How often an event was sent, and with what wrong with it.
     *
     * @param sent attempts that came to an end
     * @param acknowledged attempts that were answered with 2xx
     * @param pending deliveries that are still to be made
     * @param faults how many attempts or deliveries had which fault
     */
    public record EventTruth(
            String eventId, String event, long sent, long acknowledged, long pending, Map<String, Long> faults) {}

    /** What was really taken. */
    public long paid() {
        return payments.stream().mapToLong(PaymentTruth::paid).sum();
    }

    /** What was really given back. */
    public long refunded() {
        return payments.stream().mapToLong(PaymentTruth::refunded).sum();
    }

    /**
     * The state that a correct receiver must reach, in the words of an order. Money that was taken counts more than
     * attempts that failed; money that was taken twice is for a person to look at.
     */
    public String finalState() {
        long taken = payments.stream().filter(payment -> payment.paid() > 0).count();
        if (taken == 0) {
            return payments.stream().anyMatch(Truth::givenUp) ? "PaymentFailed" : "Pending";
        }
        if (payments.stream()
                        .filter(payment -> payment.paid() > payment.refunded())
                        .count()
                > 1) {
            return "NeedsReview";
        }
        if (refunded() == 0) {
            return "Paid";
        }
        return refunded() == paid() ? "Refunded" : "PartiallyRefunded";
    }

    private static boolean givenUp(PaymentTruth payment) {
        return payment.status() == PaymentStatus.FAILED || payment.status() == PaymentStatus.CANCELLED;
    }
}
