package dev.bellhop.order.domain;

import java.util.Locale;

/** What made an order change. */
public enum Cause {
    /** Somebody asked for it. */
    API,
    /** The provider told us. */
    WEBHOOK,
    /** We asked the provider. */
    RECONCILIATION,
    /** Its time ran out. */
    EXPIRY;

    /** The word on the wire and in the database. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The cause of a {@link #word()}. */
    public static Cause of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
