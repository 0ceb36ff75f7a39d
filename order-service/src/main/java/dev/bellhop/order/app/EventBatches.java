package dev.bellhop.order.app;

import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Port: transactions that apply many events with a constant number of statements. */
public interface EventBatches {

    /** Runs {@code work} in one transaction: all of it, or nothing. */
    <T> Uni<T> transaction(Function<Batch, Uni<T>> work);

    /** What can be done within one. */
    interface Batch {

        /** Writes the events to the inbox; which were not there before. The others are counted as delivered again. */
        Uni<Set<ReceivedEvent.Key>> record(List<ReceivedEvent> events, Instant now);

        /** The orders that exist, locked until the end; none of the others can be placed unseen until then. */
        Uni<Map<String, Order>> lock(Collection<String> orderIds);

        /** All facts of these orders. */
        Uni<Map<String, List<PaymentFact>>> facts(Collection<String> orderIds);

        /** Adds facts; those that are known already are left as they are. */
        Uni<Void> add(List<NewFact> facts, Instant now);

        /** The next versions of locked orders, with their changes and outbox records. */
        Uni<Void> update(List<Moved> orders);

        /** Writes down rulings about facts that are there. */
        Uni<Void> rule(List<NewFact> facts);

        /** These orders were asked about. */
        Uni<Void> asked(List<Questions.Asked> orders, Instant now);

        /** Outcomes of events just recorded, other than a plain {@link Outcome#APPLIED}. */
        Uni<Void> note(List<Noted> outcomes);
    }

    /** A fact of an order. */
    record NewFact(String orderId, PaymentFact fact) {}

    /**
     * An order after a batch, and all its changes within it.
     *
     * @param doubtful whether the provider must be asked about it now
     */
    record Moved(Order order, List<Change> changes, boolean doubtful) {

        /** Nothing to ask about. */
        public Moved(Order order, List<Change> changes) {
            this(order, changes, false);
        }

        public Moved {
            changes = List.copyOf(changes);
        }
    }

    /** What became of an event, and why. */
    record Noted(ReceivedEvent.Key key, Outcome outcome, @Nullable String reason) {}
}
