package dev.bellhop.ingress.app;

/** The broker takes no record of this size. Trying again would not help. */
public final class EventTooLarge extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public EventTooLarge(Throwable cause) {
        super("the broker takes no record of this size", cause);
    }
}
