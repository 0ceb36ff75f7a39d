package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Duration;

/** Port: which calls were made under which Idempotency-Key, and what was answered. Joins the caller's transaction. */
public interface IdempotencyKeys {

    /**
     * A client's promise that equal keys mean one call.
     *
     * @param operation so that a client may use one key for different calls
     * @param fingerprint hash of what was asked, lower-case hex
     */
    record IdempotentCall(String owner, String operation, String value, String fingerprint) {}

    /** What is known of a key. */
    sealed interface Claim {

        /** Nothing: this transaction holds it now, and frees it if it fails. */
        record Granted() implements Claim {}

        /** Another call under this key is still at work. */
        record InFlight() implements Claim {}

        /** Another body came under this key. */
        record Reused() implements Claim {}

        /** The call was made; this was the answer. */
        record Answered(StoredAnswer answer) implements Claim {}
    }

    Uni<Claim> claim(IdempotentCall call);

    /** Keeps the answer of a call whose key this transaction was granted. */
    Uni<Void> keep(IdempotentCall call, StoredAnswer answer);

    /** Forgets at most {@code most} answers older than {@code age}; how many it forgot. */
    Uni<Integer> prune(Duration age, int most);
}
