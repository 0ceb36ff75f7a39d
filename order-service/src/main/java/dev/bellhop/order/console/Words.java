package dev.bellhop.order.console;

import dev.bellhop.order.domain.Rfc3339;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** What people type into forms. */
final class Words {

    private static final int LONGEST = 256;

    private Words() {}

    /** What was typed; null for nothing. PostgreSQL can't keep U+0000, so nobody finds it. */
    static @Nullable String orNull(@Nullable String typed) {
        String text = typed == null ? "" : typed.replace("\0", "").strip();
        return text.isEmpty() ? null : text.substring(0, Math.min(text.length(), LONGEST));
    }

    /** The first instant of a day in UTC, so many days later; null if it is none. */
    static @Nullable Instant startOfDay(@Nullable String typed, int later) {
        String day = orNull(typed);
        return day == null ? null : instant(day + "T00:00", later);
    }

    /** A time in UTC, as a browser's form or the API writes it; null if it is none. */
    static @Nullable Instant instant(@Nullable String typed) {
        String text = orNull(typed);
        return text == null ? null : instant(text, 0);
    }

    private static @Nullable Instant instant(String text, int daysLater) {
        try {
            Instant at = text.endsWith("Z")
                    ? Instant.parse(text)
                    : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            return Rfc3339.covers(at) ? at.plus(daysLater, ChronoUnit.DAYS) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** How many a second; null for as fast as it goes. Fails with {@link Refused} on what is no such number. */
    static @Nullable Integer perSecond(@Nullable String typed) {
        String text = orNull(typed);
        if (text == null) {
            return null;
        }
        if (!text.matches("[1-9]\\d{0,2}|1000")) {
            throw new Refused(400, "That is no rate", "A rate is a whole number from 1 to 1,000, or empty.");
        }
        return Integer.valueOf(text);
    }

    /** Why something is done. Fails with {@link Refused} if nobody says. */
    static String reason(@Nullable String typed) {
        String text = orNull(typed);
        if (text == null) {
            throw new Refused(400, "A reason is needed", "Say why: it is kept in the history.");
        }
        return text;
    }
}
