package dev.bellhop.order.provider;

import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.domain.PaymentFact.Origin;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import java.util.ArrayList;
import java.util.List;

/** What a payment at the provider means. */
final class ProviderFacts {

    private ProviderFacts() {}

    static List<PaymentFact> of(ProviderApi.Known payment) {
        List<PaymentFact> facts = new ArrayList<>();
        switch (payment.status()) {
            case "Paid", "PartiallyRefunded", "Refunded" -> facts.add(fact(payment, Kind.CAPTURED));
            case "Failed" -> facts.add(fact(payment, Kind.FAILED));
            case "Cancelled" -> facts.add(fact(payment, Kind.CANCELLED));
            default -> {
                // Pending, or a word that we don't know: no fact yet.
            }
        }
        if (payment.refunds() != null) {
            payment.refunds().stream()
                    .filter(refund -> refund.status().equals("Succeeded"))
                    .forEach(refund -> facts.add(new PaymentFact(
                            Kind.REFUNDED,
                            Origin.PROVIDER,
                            payment.paymentId(),
                            refund.refundId(),
                            refund.amount(),
                            payment.currency(),
                            Ruling.NONE)));
        }
        return facts;
    }

    static boolean isRefundUnderway(ProviderApi.Known payment) {
        return payment.refunds() != null
                && payment.refunds().stream().anyMatch(refund -> refund.status().equals("Pending"));
    }

    private static PaymentFact fact(ProviderApi.Known payment, Kind kind) {
        return new PaymentFact(
                kind, Origin.PROVIDER, payment.paymentId(), "", payment.amount(), payment.currency(), Ruling.NONE);
    }
}
