package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.EventType;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: what happened, and what became of telling it. */
public interface EventLog {

    /** Newest first. */
    Uni<List<Entry>> list(Filter filter, int limit);

    /** Fails with {@link NotFound}. */
    Uni<Entry> find(String eventId);

    /** The event's deliveries with their attempts, oldest first. */
    Uni<List<DeliveryEntry>> deliveries(String eventId);

    /**
     * Makes new, sound deliveries of the event and answers how many.
     *
     * @param endpointId to which endpoint; null for every enabled one that wants such events
     */
    Uni<Integer> resend(String eventId, @Nullable String endpointId, Instant now);

    /** Makes new deliveries of all events since then that the endpoint wants and has not acknowledged. */
    Uni<Integer> recover(String endpointId, Instant since, Instant now);

    /** Forgets a batch of old events that are not being delivered, and old idempotency keys; answers how many. */
    Uni<Integer> prune(Instant before, int limit);

    /**
     * Which events.
     *
     * @param before the position before which to go on
     */
    record Filter(
            @Nullable String orderId,
            @Nullable String paymentId,
            @Nullable EventType type,
            @Nullable Instant from,
            @Nullable Instant to,
            @Nullable Long before) {}

    /** An event with the text of its webhook's body. */
    record Entry(
            long position,
            String eventId,
            EventType type,
            String paymentId,
            String orderId,
            String body,
            @Nullable String traceparent,
            Instant occurredAt) {}

    /** One delivery of an event. */
    record DeliveryEntry(
            long deliveryId,
            String endpointId,
            int copy,
            String status,
            int attempts,
            Instant dueAt,
            List<String> plannedFaults,
            List<AttemptEntry> log) {}

    /** One attempt of a delivery. */
    record AttemptEntry(
            int number,
            Instant startedAt,
            int durationMs,
            @Nullable Integer status,
            @Nullable String answer,
            @Nullable String error,
            List<String> faults) {}
}
