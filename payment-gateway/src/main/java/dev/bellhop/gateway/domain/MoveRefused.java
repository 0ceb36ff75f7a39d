package dev.bellhop.gateway.domain;

/** What was asked of a payment is not possible where it stands. Nothing has changed. */
public final class MoveRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;

    public MoveRefused(Refusal refusal) {
        super(refusal.reason());
        this.refusal = refusal;
    }

    public Refusal refusal() {
        return refusal;
    }
}
