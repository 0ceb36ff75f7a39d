package dev.bellhop.order.persistence;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.app.OrderEvents;
import dev.bellhop.order.app.Outbox;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;

/** Bug: changes are announced before they are committed. */
final class Hasty extends PassingBatch {

    private static final Duration A_SLOW_COMMIT = Duration.ofMillis(200);

    private final OrderEvents events;

    Hasty(EventBatches.Batch real, OrderEvents events) {
        super(real);
        this.events = events;
    }

    @Override
    public Uni<Void> update(List<EventBatches.Moved> orders) {
        List<Outbox.Entry> entries = orders.stream()
                .flatMap(moved -> moved.changes().stream()
                        .map(change -> new Outbox.Entry(
                                change,
                                moved.order().customerId(),
                                moved.order().total())))
                .toList();
        return real.update(orders)
                .chain(() -> entries.isEmpty() ? Uni.createFrom().voidItem() : events.publish(entries))
                .chain(() -> Uni.createFrom().voidItem().onItem().delayIt().by(A_SLOW_COMMIT));
    }
}
