package dev.bellhop.order.app;

import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Money;
import io.smallrye.mutiny.Uni;
import java.util.List;
import java.util.function.Function;

/** Port: changes that were committed and not published yet. */
public interface Outbox {

    /**
     * Gives the oldest records to {@code publish} and deletes them once it is done; how many. One relay at a time works,
     * whatever the number of instances: another gets 0. If {@code publish} fails, or the process dies, they stay.
     */
    Uni<Integer> relay(int most, Function<List<Entry>, Uni<Void>> publish);

    /** One record. */
    record Entry(Change change, String customerId, Money total) {}
}
