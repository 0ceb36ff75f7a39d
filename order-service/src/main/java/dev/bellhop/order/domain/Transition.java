package dev.bellhop.order.domain;

/** What {@link OrderLifecycle} answers to a {@link Move}. */
public sealed interface Transition {

    /** The move is made; the order is at {@code to} afterwards (for moves that leave the stage alone: the same). */
    record Allowed(Stage to) implements Transition {}

    /**
     * The order stays as it is.
     *
     * @param refusal the kind of refusal
     * @param code what stands in the way, stable: {@code not_paid}, {@code already_shipped}, …
     */
    record Refused(Refusal refusal, String code) implements Transition {}
}
