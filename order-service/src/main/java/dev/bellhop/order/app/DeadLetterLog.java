package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port: the dead letters, kept where they can be listed. */
public interface DeadLetterLog {

    /** Bytes of bodies beyond which a list ends early: a hundred of a megabyte would be more than the heap has. */
    int MOST_BYTES = 4 << 20;

    /** Keeps letters; one that is there already is left as it is. */
    Uni<Void> add(List<Letter> letters);

    /**
     * Letters, newest first, from behind {@code after}: {@code limit} of them, or fewer if these have more than
     * {@link #MOST_BYTES}.
     */
    Uni<Found> find(@Nullable Place after, int limit);

    /** Letters that nobody sent again yet, newest first; of each body the first {@link InboxLog#BEGINNING} bytes. */
    Uni<List<Letter>> open(int limit);

    /** One of them. */
    Uni<Optional<Letter>> get(String origin);

    /** Somebody sent it again; {@code note} says why. */
    Uni<Void> redriven(String origin, String actor, @Nullable String note, Instant at);

    /** A part of the list; {@code more} if there are more behind it. */
    record Found(List<Letter> letters, boolean more) {}

    /** A place in the list. */
    record Place(Instant at, String origin) {}

    /**
     * A record that could not be applied.
     *
     * @param origin {@code topic-partition@offset}; in the log, {@code ~} and a hash follow if an older letter has this name
     * @param reason stable
     * @param headers a JSON object
     * @param body as it came; of an open letter its beginning
     * @param size bytes of the whole body
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that are kept as they came; never compared
    record Letter(
            String origin,
            String reason,
            @Nullable String key,
            String headers,
            byte @Nullable [] body,
            int size,
            Instant at,
            @Nullable Instant redrivenAt,
            @Nullable String redrivenBy,
            @Nullable String redrivenNote) {}
}
