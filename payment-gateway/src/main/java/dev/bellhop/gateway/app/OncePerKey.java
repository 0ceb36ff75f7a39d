package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.function.Supplier;

/** Does the work of a call once per idempotency key, and answers repetitions with the first answer. */
@Singleton
public final class OncePerKey {

    private final Clock clock;

    OncePerKey(Clock clock) {
        this.clock = clock;
    }

    /** Key, work and answer share the transaction: a key is never kept for work that was not done. */
    public Uni<Answer> run(Transaction transaction, Call call, Supplier<Uni<Answer>> work) {
        IdempotencyKey key = call.key();
        if (key == null) {
            return work.get();
        }
        String owner = call.caller().owner();
        return transaction.recall(owner, key, clock.instant()).chain(recall -> {
            Answer earlier = recall.answer();
            if (earlier != null) {
                return Uni.createFrom().item(earlier);
            }
            return work.get().call(answer -> transaction.remember(owner, key, answer));
        });
    }
}
