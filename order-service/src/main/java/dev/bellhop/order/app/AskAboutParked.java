package dev.bellhop.order.app;

import dev.bellhop.order.app.ParkedEvents.Answer;
import dev.bellhop.order.app.ParkedEvents.Waiting;
import dev.bellhop.order.app.PaymentProvider.Known;
import dev.bellhop.order.app.PaymentProvider.Unavailable;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Asks the provider about orders that nobody placed although events wait for them, so that an operator knows whether there
 * is money to give back. Nothing is applied: should the order be placed yet, its events are as good as ever. An order is
 * asked about once, and once more only if another event came since and waits as long.
 */
@Singleton
final class AskAboutParked {

    private final ParkedEvents parked;
    private final PaymentProvider provider;
    private final AskingConfig config;
    private final Clock clock;

    AskAboutParked(ParkedEvents parked, PaymentProvider provider, AskingConfig config, Clock clock) {
        this.parked = parked;
        this.provider = provider;
        this.config = config;
        this.clock = clock;
    }

    /**
     * So many at most; how many it asked about. If the provider wants to be left alone, fails with {@link Unavailable} and
     * gives the rest back.
     */
    Uni<Integer> run(int most) {
        if (config.details() == AskingConfig.Details.NEVER) {
            return Uni.createFrom().item(0);
        }
        Instant now = clock.instant();
        return parked.take(most, now.minus(config.parkedAfter()), now, now.plus(Questions.TAKEN))
                // What is left by then comes back by itself, long before somebody else could take what is in our hands.
                .chain(taken -> each(taken, now.plus(Questions.ROUND)));
    }

    private Uni<Integer> each(List<Waiting> taken, Instant end) {
        List<Waiting> open = new ArrayList<>(taken);
        return Multi.createFrom()
                .iterable(taken)
                .select()
                .first(order -> clock.instant().isBefore(end))
                .onItem()
                .transformToUniAndConcatenate(order -> ask(order.orderId())
                        .onFailure(Unavailable::ofOneCall)
                        .recoverWithUni(() -> parked.unanswered(order, in(config.pauseAfter(order.unanswered()))))
                        .invoke(() -> open.remove(order)))
                .collect()
                .last()
                .onFailure(Unavailable.class)
                .call(failure -> parked.postpone(List.copyOf(open), in(Objects.requireNonNull(failure.retryAfter()))))
                .replaceWith(() -> taken.size() - open.size());
    }

    private Instant in(Duration pause) {
        return clock.instant().plus(pause);
    }

    private Uni<Void> ask(String orderId) {
        Instant asked = clock.instant();
        return provider.payments(orderId, Reason.PARKED)
                .chain(payments -> parked.answered(orderId, answer(payments), asked));
    }

    private static Answer answer(List<Known> payments) {
        if (payments.isEmpty()) {
            return Answer.DENIED;
        }
        boolean paid = payments.stream()
                .flatMap(payment -> payment.facts().stream())
                .anyMatch(fact -> fact.kind() == PaymentFact.Kind.CAPTURED);
        return paid ? Answer.PAID : Answer.UNPAID;
    }
}
