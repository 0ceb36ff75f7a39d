package dev.bellhop.order.app;

import dev.bellhop.order.app.AnswerOnce.KeyInFlight;
import dev.bellhop.order.app.AnswerOnce.KeyReused;
import dev.bellhop.order.app.AnswerOnce.Outcome;
import dev.bellhop.order.app.IdempotencyKeys.Claim;
import dev.bellhop.order.app.IdempotencyKeys.IdempotentCall;
import dev.bellhop.order.app.PaymentProvider.Refused;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Asks the provider once per Idempotency-Key, and answers repetitions with the first answer. No transaction is open while the
 * provider thinks; so what it is asked for is kept under the key before.
 */
@Singleton
final class AskOnce {

    /** Longer than the provider may take to answer. If we die meanwhile, the call can be repeated after that. */
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final KeepKey keepKey;

    AskOnce(KeepKey keepKey) {
        this.keepKey = keepKey;
    }

    /**
     * Decides what to ask for, and asks. If the decision or the provider is a no, the key is free again; if nobody knows what
     * became of it, a repetition asks for what was decided at first. Fails with {@link KeyInFlight}, {@link KeyReused}, or as
     * the two do.
     */
    Uni<Outcome> run(IdempotentCall call, Supplier<Uni<String>> decide, Function<String, Uni<StoredAnswer>> ask) {
        return keepKey.begin(call, decide).chain(begun -> {
            if (begun.answer() != null) {
                return Uni.createFrom().item(new Outcome(begun.answer(), true));
            }
            return ask.apply(begun.decided())
                    .onFailure()
                    .call(failure -> keepKey.stop(call, failure).onFailure().recoverWithNull())
                    .call(answer -> keepKey.end(call, answer))
                    .map(answer -> new Outcome(answer, false));
        });
    }

    /**
     * How a call begins.
     *
     * @param answer null unless there is one already
     */
    record Begun(String decided, @Nullable StoredAnswer answer) {}

    /** The parts that are transactions. */
    @Singleton
    static final class KeepKey {

        private final IdempotencyKeys keys;
        private final Clock clock;

        KeepKey(IdempotencyKeys keys, Clock clock) {
            this.keys = keys;
            this.clock = clock;
        }

        @WithTransaction
        public Uni<Begun> begin(IdempotentCall call, Supplier<Uni<String>> decide) {
            return keys.claim(call).chain(claim -> {
                if (claim instanceof Claim.Answered answered) {
                    return Uni.createFrom().item(new Begun("", answered.answer()));
                }
                if (claim instanceof Claim.InFlight) {
                    return Uni.createFrom().failure(new KeyInFlight());
                }
                if (claim instanceof Claim.Reused) {
                    return Uni.createFrom().failure(new KeyReused());
                }
                Uni<String> decided = claim instanceof Claim.Unanswered unanswered
                        ? Uni.createFrom().item(unanswered.decided())
                        : decide.get();
                return decided.call(
                                what -> keys.take(call, what, clock.instant().plus(LONGEST)))
                        .map(what -> new Begun(what, null));
            });
        }

        @WithTransaction
        public Uni<Void> stop(IdempotentCall call, Throwable failure) {
            return failure instanceof Refused ? keys.free(call) : keys.release(call);
        }

        @WithTransaction
        public Uni<Void> end(IdempotentCall call, StoredAnswer answer) {
            return keys.keep(call, answer);
        }
    }
}
