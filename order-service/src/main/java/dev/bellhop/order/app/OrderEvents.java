package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.util.List;

/** Port: where everybody can read of changes. */
public interface OrderEvents {

    /** Done when the broker has them all, those of one order in their order; after a failure some may be there. */
    Uni<Void> publish(List<Outbox.Entry> entries);
}
