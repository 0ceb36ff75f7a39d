package dev.bellhop.order.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An event as a source reported it: what it means, and all that is needed to look at it later.
 *
 * @param eventId unique at its source
 * @param type in the source's own words
 * @param fact what it means to the order's money
 * @param headers a JSON object of the record's headers
 * @param body the exact bytes
 */
@SuppressWarnings("ArrayRecordComponent") // bytes that are stored as they came; records of this type are never compared
public record ReceivedEvent(
        String source,
        String eventId,
        String type,
        String orderId,
        PaymentFact fact,
        @Nullable String contentType,
        String headers,
        byte[] body,
        Instant receivedAt,
        @Nullable String traceId) {

    /** Names the event among all sources. */
    public record Key(String source, String eventId) {}

    public Key key() {
        return new Key(source, eventId);
    }

    @Override
    public String toString() {
        return "ReceivedEvent[" + source + " " + eventId + "]";
    }
}
