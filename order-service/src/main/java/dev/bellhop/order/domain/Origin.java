package dev.bellhop.order.domain;

import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from, for the history.
 *
 * @param actor the owner of the API key, the webhook's source, or the name of the process that did it
 * @param eventId the event that caused it, if any
 * @param traceId the W3C trace, if known
 * @param note why, in the words of who asked, if said
 */
public record Origin(
        Cause cause, String actor, @Nullable String eventId, @Nullable String traceId, @Nullable String note) {

    /** A call of our API. */
    public static Origin api(Actor actor, @Nullable String traceId) {
        return new Origin(Cause.API, actor.owner(), null, traceId, null);
    }

    /** The same, with the reason that was given. */
    public Origin because(@Nullable String reason) {
        return new Origin(cause, actor, eventId, traceId, reason);
    }
}
