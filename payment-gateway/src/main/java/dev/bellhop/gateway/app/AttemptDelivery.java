package dev.bellhop.gateway.app;

import dev.bellhop.gateway.app.MerchantEndpoint.Reply;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Fault;
import dev.bellhop.gateway.domain.RetrySchedule;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Sends one webhook and keeps what came of it. No transaction is open while the merchant is waited for. */
@Singleton
public final class AttemptDelivery {

    private static final Logger LOG = Logger.getLogger(AttemptDelivery.class);
    private static final int GONE = 410;

    private final MerchantEndpoint merchant;
    private final Deliveries deliveries;
    private final Room room;
    private final Clock clock;
    private final RetrySchedule schedule;

    AttemptDelivery(MerchantEndpoint merchant, Deliveries deliveries, Room room, Clock clock, DeliveryConfig config) {
        this.merchant = merchant;
        this.deliveries = deliveries;
        this.room = room;
        this.clock = clock;
        this.schedule = new RetrySchedule(config.schedule(), config.jitter());
    }

    /** Done when the outcome is durable. A crash before that leads to a repetition, never to a loss. */
    public Uni<Void> run(Delivery delivery) {
        Instant startedAt = clock.instant();
        return merchant.send(delivery, startedAt)
                .map(reply -> judge(delivery, startedAt, reply))
                .invoke(attempt -> log(delivery, attempt))
                .chain(deliveries::record)
                .eventually(() -> room.giveBack(delivery.endpoint()));
    }

    private Attempt judge(Delivery delivery, Instant startedAt, Reply reply) {
        Instant now = clock.instant();
        Instant nextAt = null;
        Outcome outcome = outcome(reply.status());
        if (outcome == Outcome.RETRY) {
            nextAt = schedule.next(delivery.eventId(), delivery.attempt(), now, reply.retryAfter());
            outcome = nextAt == null ? Outcome.EXHAUSTED : Outcome.RETRY;
        }
        return new Attempt(
                delivery.id(),
                delivery.endpoint().id(),
                delivery.endpoint().url(),
                delivery.attempt(),
                startedAt,
                reply.duration(),
                reply.status(),
                reply.answer(),
                reply.error(),
                outcome,
                nextAt,
                delivery.faultsNow().stream().map(Fault::kind).toList());
    }

    /** Redirects are failures: a webhook goes where its endpoint was vetted, and nowhere else. */
    private static Outcome outcome(@Nullable Integer status) {
        if (status == null) {
            return Outcome.RETRY;
        }
        if (status == GONE) {
            return Outcome.GONE;
        }
        return status >= 200 && status < 300 ? Outcome.DELIVERED : Outcome.RETRY;
    }

    private static void log(Delivery delivery, Attempt attempt) {
        LOG.debugf(
                "webhook attempted eventId=%s deliveryId=%d attempt=%d status=%s reason=%s durationMs=%d",
                delivery.eventId(),
                delivery.id(),
                attempt.number(),
                attempt.status(),
                attempt.error(),
                attempt.duration().toMillis());
    }
}
