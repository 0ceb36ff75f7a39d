package dev.bellhop.order.api;

import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A part of a list. */
record Page<T>(List<T> data, @Nullable @Schema(nullable = true) String nextCursor) {

    static final int DEFAULT = 20;
    static final int LARGEST = 100;

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
