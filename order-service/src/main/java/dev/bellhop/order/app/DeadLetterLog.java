package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Port: the dead letters, kept where they can be listed. */
public interface DeadLetterLog {

    /** Keeps letters; one that is there already is left as it is. */
    Uni<Void> add(List<Letter> letters);

    /** Letters, newest first, from behind {@code after}. */
    Uni<List<Letter>> find(@Nullable Place after, int limit);

    /** Letters that nobody sent again yet, newest first. */
    Uni<List<Letter>> open(int limit);

    /** One of them. */
    Uni<Optional<Letter>> get(String origin);

    /** Somebody sent it again; {@code note} says why. */
    Uni<Void> redriven(String origin, String actor, @Nullable String note, Instant at);

    /** A place in the list. */
    record Place(Instant at, String origin) {}

    /**
     * A record that could not be applied.
     *
     * @param origin {@code topic-partition@offset}; in the log, {@code ~} and a hash follow if an older letter has this name
     * @param reason stable
     * @param headers a JSON object
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that are kept as they came; never compared
    record Letter(
            String origin,
            String reason,
            @Nullable String key,
            String headers,
            byte @Nullable [] body,
            Instant at,
            @Nullable Instant redrivenAt,
            @Nullable String redrivenBy,
            @Nullable String redrivenNote) {}
}
