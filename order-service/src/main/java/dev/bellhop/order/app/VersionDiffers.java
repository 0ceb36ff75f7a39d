package dev.bellhop.order.app;

/** It was changed by somebody else in the meantime. */
public final class VersionDiffers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VersionDiffers() {
        super("it was changed since it was read");
    }
}
