package dev.bellhop.order.provider;

import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a payment at the provider means. */
final class ProviderFacts {

    private ProviderFacts() {}

    static List<PaymentFact> of(ProviderApi.Known payment) {
        List<PaymentFact> facts = new ArrayList<>();
        switch (payment.status()) {
            case "Paid", "PartiallyRefunded", "Refunded" ->
                facts.add(fact(
                        payment,
                        Kind.CAPTURED,
                        Objects.requireNonNullElse(payment.amountCaptured(), payment.amount())));
            case "Failed" -> facts.add(fact(payment, Kind.FAILED, payment.amount()));
            case "Cancelled" -> facts.add(fact(payment, Kind.CANCELLED, payment.amount()));
            default -> {
                // Pending, or a word that we don't know: no fact yet.
            }
        }
        for (ProviderApi.KnownRefund refund : refunds(payment)) {
            switch (refund.status()) {
                case "Succeeded" -> facts.add(fact(payment, refund, Kind.REFUNDED));
                case "Failed" -> facts.add(fact(payment, refund, Kind.REFUND_FAILED));
                default -> {
                    // Pending, or a word that we don't know: no fact yet.
                }
            }
        }
        return facts;
    }

    /** The amounts. */
    static List<Long> refundsUnderway(ProviderApi.Known payment) {
        return refunds(payment).stream()
                .filter(refund -> refund.status().equals("Pending"))
                .map(ProviderApi.KnownRefund::amount)
                .toList();
    }

    private static List<ProviderApi.KnownRefund> refunds(ProviderApi.Known payment) {
        return Objects.requireNonNullElse(payment.refunds(), List.of());
    }

    private static PaymentFact fact(ProviderApi.Known payment, Kind kind, Long amount) {
        return new PaymentFact(kind, Origin.PROVIDER, payment.paymentId(), "", amount, payment.currency(), Ruling.NONE);
    }

    private static PaymentFact fact(ProviderApi.Known payment, ProviderApi.KnownRefund refund, Kind kind) {
        return new PaymentFact(
                kind,
                Origin.PROVIDER,
                payment.paymentId(),
                refund.refundId(),
                refund.amount(),
                payment.currency(),
                Ruling.NONE);
    }
}
