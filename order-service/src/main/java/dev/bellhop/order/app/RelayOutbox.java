package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.stream.Collectors;

/** Brings committed changes to {@code orders.events}: each at least once, in order per order, also after a crash. */
@Singleton
public final class RelayOutbox {

    /** Enough to fill the producer's batches, few enough to be published well within the delivery timeout. */
    private static final int MOST = 1_000;

    private final Outbox outbox;
    private final OrderEvents events;

    RelayOutbox(Outbox outbox, OrderEvents events) {
        this.outbox = outbox;
        this.events = events;
    }

    /** Until nothing is left; how many were relayed. */
    public Uni<Integer> run() {
        return Uni.createFrom()
                .deferred(() -> outbox.relay(MOST, events::publish))
                .repeat()
                .whilst(relayed -> relayed == MOST)
                .collect()
                .with(Collectors.summingInt(relayed -> relayed));
    }
}
