package dev.bellhop.ingress.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a signature's time may be from ours, in both directions: one dated tomorrow is as wrong as one of yesterday. */
public record Tolerance(Duration limit) {

    public Tolerance {
        if (limit.isNegative() || limit.isZero()) {
            throw new IllegalArgumentException("a tolerance must be longer than nothing");
        }
    }

    /** Null if {@code at} is near enough to {@code now}; the limit itself is. */
    @Nullable
    Reason objection(Instant at, Instant now) {
        if (at.isBefore(now.minus(limit))) {
            return Reason.TIMESTAMP_STALE;
        }
        return at.isAfter(now.plus(limit)) ? Reason.TIMESTAMP_IN_FUTURE : null;
    }
}
