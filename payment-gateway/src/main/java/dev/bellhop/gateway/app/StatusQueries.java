package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;

/** Port: how often the state of an order's payments is asked for. */
public interface StatusQueries {

    /** Somebody asked. */
    Uni<Void> count(String orderId);
}
