package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;

/** Port: where ids come from. */
public interface Ids {

    /**
     * A new id: {@code prefix}, an underscore and letters and digits.
     *
     * @param origin what the id is derived from when a fault plan is in force, so that equal runs have equal ids
     */
    String next(String prefix, String... origin);

    /** The part of a new payment's origin that tells it from the order's other payments. */
    Uni<String> origin(Transaction transaction, String orderId);
}
