package dev.bellhop.ingress.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened, according to an authentic delivery.
 *
 * @param time null if the source does not say
 * @param key null if the source names no business entity
 * @param value the exact bytes received
 */
@SuppressWarnings("ArrayRecordComponent") // see SignedRequest
public record Event(String id, @Nullable String type, @Nullable Instant time, @Nullable String key, byte[] value) {

    public Event {
        if (id.isBlank()) {
            throw new IllegalArgumentException("an event without an id would look like every other such");
        }
    }

    /** The body stays out of logs. */
    @Override
    public String toString() {
        return "Event[" + id + ", " + value.length + " bytes]";
    }
}
