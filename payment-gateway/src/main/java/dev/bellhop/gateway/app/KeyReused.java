package dev.bellhop.gateway.app;

/** An idempotency key came with another call than before. */
public final class KeyReused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public KeyReused() {
        super("the idempotency key was used for another call");
    }
}
