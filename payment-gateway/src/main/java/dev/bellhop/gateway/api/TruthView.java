package dev.bellhop.gateway.api;

import dev.bellhop.gateway.domain.Truth;
import dev.bellhop.gateway.domain.Truth.EventTruth;
import java.util.List;

/** What is true about an order. */
record TruthView(
        String orderId,
        String finalState,
        long paid,
        long refunded,
        long statusQueries,
        List<PaymentTruth> payments,
        List<EventTruth> events) {

    static TruthView of(Truth truth) {
        return new TruthView(
                truth.orderId(),
                truth.finalState(),
                truth.paid(),
                truth.refunded(),
                truth.statusQueries(),
                truth.payments().stream()
                        .map(payment -> new PaymentTruth(
                                payment.paymentId(),
                                payment.status().word(),
                                payment.amount(),
                                payment.currency(),
                                payment.paid(),
                                payment.refunded()))
                        .toList(),
                truth.events());
    }

    record PaymentTruth(String paymentId, String status, long amount, String currency, long paid, long refunded) {}
}
