package dev.bellhop.ingress.domain;

/**
 * What a scheme throws if it cannot tell now whether a request is authentic, because what would prove it is somewhere else
 * and cannot be had. {@link SigningSecrets} catches it. It says nothing about the request: that may be a forgery, too.
 */
public final class ProofOutOfReach extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public ProofOutOfReach(Reason reason) {
        // Forgers must not make us walk the stack.
        super(reason.code(), null, false, false);
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
