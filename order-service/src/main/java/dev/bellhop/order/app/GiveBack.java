package dev.bellhop.order.app;

import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentFact.Kind;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;

/**
 * Asks the provider for refunds. An order changes when the provider's webhook says that it did, or its answer if the webhook
 * never comes.
 */
@Singleton
final class GiveBack {

    private final Orders orders;
    private final Questions questions;
    private final PaymentProvider provider;
    private final AskingConfig asking;
    private final Clock clock;

    GiveBack(Orders orders, Questions questions, PaymentProvider provider, AskingConfig asking, Clock clock) {
        this.orders = orders;
        this.questions = questions;
        this.provider = provider;
        this.asking = asking;
        this.clock = clock;
    }

    /**
     * The same, but for those that are on their way already. Their names tell that until something becomes of another refund
     * of the order; then the provider is asked.
     */
    Uni<Void> unlessUnderway(OrderId id, List<Refund> refunds) {
        return orders.facts(id)
                .chain(facts -> facts.stream().anyMatch(GiveBack::isAboutRefund)
                        ? provider.payments(id.value(), Reason.REFUND)
                                .map(payments -> missing(refunds, payments, facts))
                        : Uni.createFrom().item(refunds))
                .chain(missing -> run(id, missing));
    }

    private static boolean isAboutRefund(PaymentFact fact) {
        return fact.kind() == Kind.REFUNDED || fact.kind() == Kind.REFUND_FAILED;
    }

    private static List<Refund> missing(
            List<Refund> refunds, List<PaymentProvider.Known> payments, List<PaymentFact> heard) {
        return refunds.stream()
                .filter(refund -> payments.stream().noneMatch(payment -> payment.isGivingBack(refund, heard)))
                .toList();
    }

    /**
     * Fails with {@link PaymentProvider.Unavailable} or {@link PaymentProvider.Refused} at the first that the provider does
     * not take; all may be repeated.
     */
    Uni<Void> run(OrderId id, List<Refund> refunds) {
        if (refunds.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        long all = refunds.stream().mapToLong(Refund::amount).sum();
        // Before the provider hears of it: if its answer is lost, so may be its webhook.
        return questions
                .expectRefund(id.value(), all, clock.instant().plus(asking.delay()))
                .chain(() -> Multi.createFrom()
                        .iterable(refunds)
                        .onItem()
                        .transformToUniAndConcatenate(
                                refund -> provider.refund(refund.paymentId(), refund.amount(), refund.attempt()))
                        .collect()
                        .last())
                .replaceWithVoid();
    }
}
