package dev.bellhop.ingress.app;

/** The broker did not acknowledge: it is away, slow, or has no room. The sender shall try again. */
public final class BrokerUnavailable extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BrokerUnavailable(Throwable cause) {
        super("the broker did not acknowledge", cause);
    }
}
