package dev.bellhop.ingress.domain;

import org.jspecify.annotations.Nullable;

/**
 * Where a source's deliveries carry what names an event.
 *
 * @param id stable over redeliveries
 * @param type what happened, in the source's own words; null: the source's name serves
 * @param time when it happened; null: when it was received
 * @param key the business entity whose events must stay in order; null: each event is on its own
 * @param items a JSON array of which each element is an event, in the body or in a form's field; null: the whole body is
 *     one event
 */
public record EventLocations(
        Location id,
        @Nullable Location type,
        @Nullable Location time,
        @Nullable Location key,
        @Nullable Location items) {

    /** One event a body; as written in configuration, null where there is none. */
    public static EventLocations of(String id, @Nullable String type, @Nullable String time, @Nullable String key) {
        return new EventLocations(Location.of(id), locate(type), locate(time), locate(key), null);
    }

    /** The same within each element of an array. */
    public EventLocations within(String items) {
        return new EventLocations(id, type, time, key, Location.of(items));
    }

    private static @Nullable Location locate(@Nullable String text) {
        return text == null ? null : Location.of(text);
    }
}
