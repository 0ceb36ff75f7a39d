package dev.bellhop.order.domain;

import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Times in UTC as RFC 3339 writes them: a year has four digits. */
public final class Rfc3339 {

    private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("+10000-01-01T00:00:00Z");

    private Rfc3339() {}

    /** Fails with {@link DateTimeParseException}. */
    public static Instant parse(String text) {
        Instant at = Instant.parse(text);
        if (!covers(at)) {
            throw new DateTimeParseException("a year has four digits", text, 0);
        }
        return at;
    }

    /** Whether it can be written so, and so be kept and compared in the database. */
    public static boolean covers(Instant at) {
        return !at.isBefore(FIRST) && at.isBefore(END);
    }
}
