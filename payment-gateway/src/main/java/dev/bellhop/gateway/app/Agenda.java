package dev.bellhop.gateway.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Port: what will be due, and when. */
public interface Agenda {

    /** The moment after {@code now} at which the next thing becomes due; the end of time if nothing will. */
    Uni<Instant> next(Instant now);

    /** How many deliveries are due that somebody could make: their endpoints are enabled and not paused. */
    Uni<Integer> dueDeliveries(Instant now);

    /** Payments of which an answer or an expiry is due, the longest overdue first. */
    Uni<List<String>> duePayments(Instant now, int limit);
}
