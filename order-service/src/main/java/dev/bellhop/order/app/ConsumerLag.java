package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.util.OptionalLong;

/** Port: how far the payment events that were applied are behind those that came. */
public interface ConsumerLag {

    /** Records that no instance has applied yet; empty if the broker does not say in time. */
    Uni<OptionalLong> records();
}
