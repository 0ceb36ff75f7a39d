package dev.bellhop.ingress.domain;

import java.util.Locale;

/**
 * Where a delivery carries a value: {@code header:NAME} or {@code json:/pointer} (RFC 6901).
 *
 * @param name the header's name in lower case, or the pointer
 */
public record Location(Place place, String name) {

    /** The part of a delivery. */
    public enum Place {
        /** A header's value. */
        HEADER,
        /** A string, number or boolean in a JSON body. */
        JSON
    }

    /** As written in configuration. */
    public static Location of(String text) {
        if (text.startsWith("header:") && text.length() > 7) {
            return new Location(Place.HEADER, text.substring(7).toLowerCase(Locale.ROOT));
        }
        if (text.startsWith("json:/")) {
            return new Location(Place.JSON, text.substring(5));
        }
        throw new IllegalArgumentException("'" + text + "' is neither header:NAME nor json:/pointer");
    }
}
