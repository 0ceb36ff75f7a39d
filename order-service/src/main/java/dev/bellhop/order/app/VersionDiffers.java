package dev.bellhop.order.app;

import dev.bellhop.order.domain.Order;
import java.util.function.LongPredicate;

/** It was changed by somebody else in the meantime. */
public final class VersionDiffers extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public VersionDiffers() {
        super("it was changed since it was read");
    }

    /** Unless it is a version that is meant. */
    static void unless(LongPredicate meant, Order order) {
        if (!meant.test(order.version())) {
            throw new VersionDiffers();
        }
    }
}
