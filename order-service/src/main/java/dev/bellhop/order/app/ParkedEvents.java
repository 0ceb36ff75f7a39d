package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Port: events that wait for orders that nobody placed, shared by all instances. */
public interface ParkedEvents {

    /**
     * Takes orders of which an event was received at {@code latest} or before, and not asked about since, for this instance
     * alone: nobody else gets them before {@code until}.
     */
    Uni<List<Waiting>> take(int most, Instant latest, Instant now, Instant until);

    /** Gives orders back unasked, to be taken from {@code next} on. */
    Uni<Void> postpone(List<Waiting> orders, Instant next);

    /** Gives an order back whose question was not answered, to be taken from {@code next} on, and counts it. */
    Uni<Void> unanswered(Waiting order, Instant next);

    /** Writes beside all events that waited for the order already when {@code asked} what the provider said about it. */
    Uni<Void> answered(String orderId, Answer answer, Instant asked);

    /**
     * An order that nobody placed.
     *
     * @param unanswered how many questions about it in a row were not answered
     */
    record Waiting(String orderId, int unanswered) {}

    /** What the provider said about an order that nobody placed. */
    enum Answer {
        /** It has taken money for it, and perhaps given it back since. */
        PAID,
        /** It knows a payment of it, but has taken nothing. */
        UNPAID,
        /** It knows no payment of it. */
        DENIED;

        /** Why the event is parked, from now on. */
        public String reason() {
            return "order_unknown_" + name().toLowerCase(Locale.ROOT) + (this == DENIED ? "_by" : "_at") + "_provider";
        }
    }
}
