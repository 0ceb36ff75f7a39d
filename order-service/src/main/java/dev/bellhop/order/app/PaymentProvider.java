package dev.bellhop.order.app;

import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Port: the payment provider. Every call fails with {@link Unavailable} when no usable answer comes in time; {@link #request}
 * and {@link #refund}, with {@link Refused} when the provider says no.
 */
public interface PaymentProvider {

    /** Asks for a payment; the same {@code idempotencyKey} gives the same payment. */
    Uni<RequestedPayment> request(OrderId orderId, Money amount, String idempotencyKey);

    /** Asks to give back {@code amount} minor units; the outcome comes by webhook. */
    Uni<Void> refund(String paymentId, long amount, String idempotencyKey);

    /** Sees to it that a payment can't be paid any more; false if the provider says no: it is paid, about to be, or closed. */
    Uni<Boolean> close(String paymentId);

    /** All payments of an order. */
    Uni<List<Known>> payments(String orderId, Reason reason);

    /**
     * Payments of any order that changed at {@code since} or later, those first that changed first: a few hundred of them, and
     * no more than {@code most} calls tell of.
     */
    Uni<List<Known>> changedSince(Instant since, int most, Reason reason);

    /**
     * A payment as the provider knows it.
     *
     * @param facts what that means, in the provider's own voice
     * @param refundsUnderway the amounts, in minor units, that the provider is still busy giving back
     */
    record Known(String orderId, String paymentId, List<PaymentFact> facts, List<Long> refundsUnderway) {

        public Known {
            facts = List.copyOf(facts);
            refundsUnderway = List.copyOf(refundsUnderway);
        }

        boolean isRefundUnderway() {
            return !refundsUnderway.isEmpty();
        }

        /** Whether such a refund is on its way, or went through and is not among those that were {@code heard} of. */
        boolean isGivingBack(Refund refund, List<PaymentFact> heard) {
            return paymentId.equals(refund.paymentId())
                    && (refundsUnderway.contains(refund.amount()) || isUnheard(refund, heard));
        }

        /**
         * One that was heard of without a name is one whose name was heard too, as in the ledger; if there are more of the former,
         * each of the rest is one whose name was not.
         */
        private boolean isUnheard(Refund refund, List<PaymentFact> heard) {
            long unnamed = heard.stream()
                    .filter(PaymentFact::isUnnamedRefund)
                    .filter(refund::isToldBy)
                    .count();
            long named = heard.stream()
                    .filter(fact -> !fact.isUnnamedRefund())
                    .filter(refund::isToldBy)
                    .map(PaymentFact::refundId)
                    .distinct()
                    .count();
            long others = facts.stream()
                    .filter(refund::isToldBy)
                    .filter(fact -> heard.stream()
                            .noneMatch(known -> known.kind() == fact.kind()
                                    && known.refundId().equals(fact.refundId())))
                    .count();
            return others > Math.max(0, unnamed - named);
        }

        /** Whether somebody could still pay it. */
        boolean isOpen() {
            return facts.stream()
                    .noneMatch(fact ->
                            fact.kind() == PaymentFact.Kind.CAPTURED || fact.kind() == PaymentFact.Kind.CANCELLED);
        }
    }

    /** The provider has understood, and said no. Nothing was done, and trying again does not help. */
    final class Refused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        /** {@code reason}: the provider's word for it, fit to be shown to anybody. */
        public Refused(String reason) {
            super("the payment provider refuses: " + reason);
        }
    }

    /** The provider did not answer, or not usefully, or has been asked enough for now. Trying again later may help. */
    final class Unavailable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final transient @Nullable Duration retryAfter;

        /**
         * {@code cause}: null if it was not asked at all. {@code retryAfter}: how long it wants to be left alone, if it
         * said so, or is to be.
         */
        public Unavailable(@Nullable Throwable cause, @Nullable Duration retryAfter) {
            super("the payment provider is not available", cause);
            this.retryAfter = retryAfter;
        }

        /** Whether just this call failed: others may be answered all the same. */
        static boolean ofOneCall(Throwable failure) {
            return failure instanceof Unavailable unavailable && unavailable.retryAfter == null;
        }

        /** How long to leave it alone altogether; null {@linkplain #ofOneCall if just this call failed}. */
        public @Nullable Duration retryAfter() {
            return retryAfter;
        }
    }
}
