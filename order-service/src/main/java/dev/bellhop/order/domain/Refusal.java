package dev.bellhop.order.domain;

import java.util.Locale;

/** Why a move was refused. Each is expected, and each is recorded or answered, never swallowed. */
public enum Refusal {
    /** It was done already. */
    DUPLICATE,
    /** Something later was done already. */
    STALE,
    /** It contradicts what was done. */
    CONFLICT,
    /** Something else must come first. */
    EARLY;

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
