package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Truth;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: what is true about orders, derived from payments and the attempts log, never from what a receiver said it did. */
public interface Truths {

    /** At most {@code limit} orders whose id is greater than {@code after}, by id. */
    Uni<List<Truth>> page(String prefix, String after, int limit);

    /** Every order, page by page, as fast as the consumer takes them. */
    Multi<Truth> stream(String prefix);

    /** How many there are of everything, of the orders whose id starts so. */
    Uni<Counts> counts(String prefix);

    /** Sums. */
    record Counts(
            long payments,
            long events,
            long pending,
            long delivered,
            long failed,
            long dropped,
            long attempts,
            long acknowledged) {}
}
