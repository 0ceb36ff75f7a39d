package dev.bellhop.order.app;

import dev.bellhop.order.domain.OrderId;
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

    private final Questions questions;
    private final PaymentProvider provider;
    private final AskingConfig asking;
    private final Clock clock;

    GiveBack(Questions questions, PaymentProvider provider, AskingConfig asking, Clock clock) {
        this.questions = questions;
        this.provider = provider;
        this.asking = asking;
        this.clock = clock;
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
