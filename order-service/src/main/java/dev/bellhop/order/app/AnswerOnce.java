package dev.bellhop.order.app;

import dev.bellhop.order.app.IdempotencyKeys.Claim;
import dev.bellhop.order.app.IdempotencyKeys.IdempotentCall;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.function.Supplier;

/** Does the work of a creating call once per Idempotency-Key, and answers repetitions with the first answer. */
@Singleton
public final class AnswerOnce {

    private final IdempotencyKeys keys;

    AnswerOnce(IdempotencyKeys keys) {
        this.keys = keys;
    }

    /** An answer, and whether it was given before. */
    public record Outcome(StoredAnswer answer, boolean replayed) {}

    /**
     * Key, work and answer share one transaction: a key is never kept for work that was not done. Fails with
     * {@link KeyInFlight}, {@link KeyReused}, or as the work does.
     */
    @WithTransaction
    public Uni<Outcome> run(IdempotentCall call, Supplier<Uni<StoredAnswer>> work) {
        return keys.claim(call).chain(claim -> {
            if (claim instanceof Claim.Answered answered) {
                return Uni.createFrom().item(new Outcome(answered.answer(), true));
            }
            if (claim instanceof Claim.InFlight) {
                return Uni.createFrom().failure(new KeyInFlight());
            }
            if (claim instanceof Claim.Reused) {
                return Uni.createFrom().failure(new KeyReused());
            }
            return work.get().call(answer -> keys.keep(call, answer)).map(answer -> new Outcome(answer, false));
        });
    }

    /** The first call under this key is still at work. */
    public static final class KeyInFlight extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KeyInFlight() {
            super("a call with this Idempotency-Key is still at work");
        }
    }

    /** The key was used for another call. */
    public static final class KeyReused extends RuntimeException {

        private static final long serialVersionUID = 1L;

        KeyReused() {
            super("this Idempotency-Key was used with another body");
        }
    }
}
