package dev.bellhop.order.api;

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
        int seen = cursor == null ? 0 : 1 + whole.stream().map(place).toList().indexOf(Cursors.text(cursor));
        if (cursor != null && seen == 0) {
            throw Cursors.unknown();
        }
        return of(whole.subList(seen, whole.size()), most, Function.identity(), place);
    }

    /** The first {@code most} of those that were found; whoever looks for one more knows whether there are more. */
    static <E, T> Page<T> of(List<E> found, int most, Function<E, T> view, Function<E, String> place) {
        return of(found.subList(0, Math.min(found.size(), most)), found.size() > most, view, place);
    }

    /** These; {@code more} if there are more behind them. */
    static <E, T> Page<T> of(List<E> shown, boolean more, Function<E, T> view, Function<E, String> place) {
        return new Page<>(
                shown.stream().map(view).toList(), more ? Cursors.of(place.apply(shown.get(shown.size() - 1))) : null);
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
        throw new Rejected("invalid_limit", "limit is a number from 1 to " + LARGEST);
    }
}
