package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.SigningSecrets;

/** Another secret would be more at the same time than receivers bear. */
public final class TooManySecrets extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public TooManySecrets() {
        super("an endpoint has at most " + SigningSecrets.MOST_LIVE
                + " secrets at the same time: rotate with a shorter overlap, or when older ones have ended");
    }
}
