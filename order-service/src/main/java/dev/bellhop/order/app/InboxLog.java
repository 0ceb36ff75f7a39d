package dev.bellhop.order.app;

import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port: the inbox as a log of events, for operators. */
public interface InboxLog {

    /** Bytes of a body that come with it in a list: many bodies of a megabyte would be more than the heap has. */
    int BEGINNING = 4_096;

    /** Events that fit, newest first, from behind {@code after}; of each body the first {@link #BEGINNING} bytes. */
    Uni<List<Entry>> find(Filter filter, @Nullable Place after, int limit);

    /** Which events fit, newest first, from behind {@code after}; without what they hold, which would be much of many. */
    Uni<List<Place>> places(Filter filter, @Nullable Place after, int limit);

    /** The event of this source; if that is null, of any: the oldest if several use the id. */
    Uni<Optional<Entry>> get(String eventId, @Nullable String source);

    /** How many events fit, counting no further than {@code most}. */
    Uni<Long> count(Filter filter, long most);

    /** The replays of an event, oldest first. */
    Uni<List<Replay>> replays(ReceivedEvent.Key event);

    /** What somebody replayed from one instant to another, both included, oldest first; {@code most} at most. */
    Uni<List<Replay>> replays(String actor, Instant from, Instant to, int most);

    /** Remembers a replay. */
    Uni<Void> add(Replay replay);

    /** What is looked for; null means any. */
    record Filter(
            @Nullable String source,
            @Nullable Outcome outcome,
            @Nullable String type,
            @Nullable String orderId,
            @Nullable Instant from,
            @Nullable Instant to) {

        /** All events of an order. */
        public static Filter ofOrder(String orderId) {
            return new Filter(null, null, null, orderId, null, null);
        }
    }

    /** A place in the list. */
    record Place(Instant receivedAt, String source, String eventId) {}

    /**
     * One event as it was received, and what became of it.
     *
     * @param headers a JSON object
     * @param body as it came; in a list its beginning
     * @param size bytes of the whole body
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that are shown as they came; never compared
    record Entry(
            String source,
            String eventId,
            String type,
            String orderId,
            @Nullable String contentType,
            String headers,
            byte[] body,
            int size,
            Instant receivedAt,
            Instant processedAt,
            Outcome outcome,
            @Nullable String reason,
            int deliveries) {

        public ReceivedEvent.Key key() {
            return new ReceivedEvent.Key(source, eventId);
        }
    }

    /**
     * One attempt to apply an event again; it never changes what became of the first.
     *
     * @param note why, in the words of who asked, if said
     */
    record Replay(
            String replayId,
            ReceivedEvent.Key event,
            String actor,
            Instant at,
            Outcome outcome,
            @Nullable String reason,
            @Nullable String note) {}
}
