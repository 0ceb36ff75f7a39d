package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.MoveRefused;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** The awaited answers of banks come in, and payments that nobody paid in time are given up. */
@Singleton
public final class SettlePayments {

    private static final int BATCH = 100;
    private static final Call NOBODY = new Call(new Caller("simulator", Set.of(Scope.OPERATOR)), null, false, null);

    private final Agenda agenda;
    private final ChangePayment changePayment;
    private final Clock clock;

    SettlePayments(Agenda agenda, ChangePayment changePayment, Clock clock) {
        this.agenda = agenda;
        this.changePayment = changePayment;
        this.clock = clock;
    }

    public Uni<Void> run() {
        return Multi.createBy()
                .repeating()
                .uni(this::batch)
                .whilst(settled -> settled == BATCH)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private Uni<Integer> batch() {
        return agenda.duePayments(clock.instant(), BATCH)
                .call(ids -> Multi.createFrom()
                        .iterable(ids)
                        .onItem()
                        .transformToUniAndConcatenate(this::settle)
                        .collect()
                        .asList())
                .map(List::size);
    }

    private Uni<Answer> settle(String paymentId) {
        return changePayment
                .run(NOBODY, paymentId, SettlePayments::due, payment -> Answer.of(200, null, new byte[0]))
                .onFailure(failure -> failure instanceof MoveRefused || failure instanceof NotDue)
                .recoverWithItem(() -> Answer.of(409, null, new byte[0]));
    }

    /** Looked at again under the lock: it may have been paid, or settled by another, in the last moment. */
    private static Payment.Change due(Payment payment, Instant now, Ids ids) {
        Instant settleAt = payment.settleAt();
        if (settleAt != null && !settleAt.isAfter(now)) {
            return payment.settle(now);
        }
        if (payment.expiresAt().isAfter(now)) {
            throw new NotDue();
        }
        return payment.expire(now);
    }

    /** Another was faster. */
    private static final class NotDue extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }
}
