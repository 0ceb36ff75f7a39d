package dev.bellhop.gateway.domain;

/** One cell of {@link PaymentLifecycle}. */
public sealed interface Transition {

    /** The payment moves, or stays where a repeated fact leaves it. */
    record To(PaymentStatus status) implements Transition {}

    /** The payment does not move. */
    record Refused(Refusal refusal) implements Transition {}

    /** The status after a move; a refusal is thrown. */
    default PaymentStatus orThrow() {
        if (this instanceof To to) {
            return to.status();
        }
        throw new MoveRefused(((Refused) this).refusal());
    }
}
