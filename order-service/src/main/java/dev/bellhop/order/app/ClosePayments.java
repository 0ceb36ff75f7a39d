package dev.bellhop.order.app;

import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Order.RequestedPayment;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Sees to it that nobody pays for an order that has ended. That is {@linkplain Orders#expectClosing committed to} together with
 * the end; then the provider is told {@linkplain #run at once}, and if it does not hear, {@link ReconcilePayments} repeats it.
 * A payment that comes all the same is a case for review.
 */
@Singleton
final class ClosePayments {

    /** An attempt that fails so long after the order's end is the last. */
    static final Duration LONGEST = Duration.ofDays(1);

    private static final Logger LOG = Logger.getLogger(ClosePayments.class);

    private final Questions questions;
    private final PaymentProvider provider;
    private final OrderMetrics metrics;
    private final Clock clock;

    ClosePayments(Questions questions, PaymentProvider provider, OrderMetrics metrics, Clock clock) {
        this.questions = questions;
        this.provider = provider;
        this.metrics = metrics;
        this.clock = clock;
    }

    /**
     * Tells the provider of one payment of an order for which that was committed to; nothing is lost if it does not hear. One
     * that failed before can be tried again: if there is any, the provider is asked about all of them in time.
     */
    Uni<Void> run(Order order, RequestedPayment payment, Instant since) {
        return provider.close(payment.paymentId())
                .chain(closed -> closed && order.ledger().failedPayments() == 0
                        ? questions.closed(order.id().value(), since)
                        : Uni.createFrom().voidItem())
                .onFailure(PaymentProvider.Unavailable.class)
                .recoverWithNull();
    }

    /** Closes those that somebody could still pay; false if the provider says no to one: it is paid, about to be, or closed. */
    Uni<Boolean> all(List<PaymentProvider.Known> payments) {
        return Multi.createFrom()
                .iterable(payments)
                .filter(PaymentProvider.Known::isOpen)
                .onItem()
                .transformToUniAndConcatenate(payment -> provider.close(payment.paymentId()))
                .collect()
                .asList()
                .map(closed -> !closed.contains(false));
    }

    /** An attempt has failed: leaves it at that, if it took too long already. */
    Uni<Void> failed(Question question) {
        Instant since = question.closingSince();
        if (since == null || clock.instant().isBefore(since.plus(LONGEST))) {
            return Uni.createFrom().voidItem();
        }
        LOG.errorf("payment of an ended order is not closed, and given up orderId=%s", question.orderId());
        metrics.closingGivenUp();
        return questions.closed(question.orderId(), since);
    }
}
