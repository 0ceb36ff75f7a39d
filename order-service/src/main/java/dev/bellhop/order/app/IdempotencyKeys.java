package dev.bellhop.order.app;

import dev.bellhop.order.domain.Sha256;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;

/** Port: which calls were made under which Idempotency-Key, and what was answered. Joins the caller's transaction. */
public interface IdempotencyKeys {

    /**
     * A client's promise that equal keys mean one call.
     *
     * @param operation so that a client may use one key for different calls
     * @param fingerprint hash of what was asked, lower-case hex
     */
    record IdempotentCall(String owner, String operation, String value, String fingerprint) {

        /** A key for somebody else's call within this one: 64 characters, the same for equal calls and no others. */
        String name() {
            return Sha256.hex(owner + " " + operation + " " + value);
        }
    }

    /** What is known of a key. */
    sealed interface Claim {

        /** Nothing: this transaction holds it now, and frees it if it fails. */
        record Granted() implements Claim {}

        /** A call that was made, but got no answer: this transaction holds it now. This was {@code decided} at first. */
        record Unanswered(String decided) implements Claim {}

        /** Another call under this key is still at work. */
        record InFlight() implements Claim {}

        /** Another body came under this key. */
        record Reused() implements Claim {}

        /** The call was made; this was the answer. */
        record Answered(StoredAnswer answer) implements Claim {}
    }

    Uni<Claim> claim(IdempotentCall call);

    /** Keeps what was decided about a call that this transaction holds; it counts as at work until then. */
    Uni<Void> take(IdempotentCall call, String decided, Instant until);

    /** A call that was taken is at work no longer. */
    Uni<Void> release(IdempotentCall call);

    /** A call that was taken is forgotten. */
    Uni<Void> free(IdempotentCall call);

    /** Keeps the answer of a call that was taken, or whose key this transaction was granted. */
    Uni<Void> keep(IdempotentCall call, StoredAnswer answer);

    /** Forgets at most {@code most} answers older than {@code age}; how many it forgot. */
    Uni<Integer> prune(Duration age, int most);
}
