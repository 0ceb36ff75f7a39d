package dev.bellhop.gateway.api;

import java.util.List;
import java.util.function.Function;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
record Page<T>(List<T> data, @Nullable @Schema(nullable = true) String nextCursor) {

    static final int DEFAULT = 20;
    static final int LARGEST = 100;

    /**
     * Of a list that is short enough to be read whole, and is answered so to who asks for no limit.
     *
     * @param place what tells an entry from the others; a cursor is the place of the last entry that was seen
     */
    static <T> Page<T> of(List<T> whole, @Nullable String cursor, @Nullable String limit, Function<T, String> place) {
        int most = limit == null ? whole.size() : limit(limit);
        int seen = cursor == null ? 0 : 1 + whole.stream().map(place).toList().indexOf(cursor);
        if (cursor != null && seen == 0) {
            throw new BadRequest("invalid_cursor", "this cursor is not one of ours");
        }
        return of(whole.subList(seen, whole.size()), most, Function.identity(), place);
    }

    /** The first {@code most} of those that were found; whoever looks for one more knows whether there are more. */
    static <E, T> Page<T> of(List<E> found, int most, Function<E, T> view, Function<E, String> place) {
        List<T> data = found.stream().limit(most).map(view).toList();
        return new Page<>(data, found.size() > most ? place.apply(found.get(most - 1)) : null);
    }

    /** How many entries are asked for. */
    static int limit(@Nullable String text) {
        if (text == null) {
            return DEFAULT;
        }
        if (text.matches("\\d{1,3}")) {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST) {
                return limit;
            }
        }
        throw new BadRequest("invalid_limit", "limit is a number from 1 to " + LARGEST);
    }
}
