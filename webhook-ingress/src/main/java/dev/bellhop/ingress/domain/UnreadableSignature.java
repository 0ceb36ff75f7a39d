package dev.bellhop.ingress.domain;

/** What a scheme throws while it reads a request whose proof is missing or malformed. {@link SigningSecrets} catches it. */
public final class UnreadableSignature extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UnreadableSignature(Reason reason) {
        super(reason.code());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** Forgers must not make us walk the stack. */
    @Override
    public synchronized Throwable fillInStackTrace() {
        return this;
    }
}
