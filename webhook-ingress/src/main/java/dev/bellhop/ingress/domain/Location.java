package dev.bellhop.ingress.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where a delivery carries a value: {@code header:NAME}, {@code json:/pointer} (RFC 6901; in a batch, within the item)
 * or {@code form:FIELD}. Several names, separated by commas, are joined with colons: together they are unique.
 *
 * @param names headers in lower case, pointers, or form fields
 */
public record Location(Place place, List<String> names) {

    /** The part of a delivery. */
    public enum Place {
        HEADER,
        JSON,
        FORM
    }

    /** As written in configuration. */
    public static Location of(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        List<String> names = Arrays.asList(text.substring(colon + 1).split(",", -1));
        boolean named = names.stream().noneMatch(String::isBlank);
        if ("header".equals(kind) && named) {
            return new Location(
                    Place.HEADER,
                    names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        }
        if ("json".equals(kind) && names.stream().allMatch(name -> name.startsWith("/"))) {
            return new Location(Place.JSON, names);
        }
        if ("json".equals(kind) && names.equals(List.of(""))) {
            return new Location(Place.JSON, names);
        }
        if ("form".equals(kind) && named) {
            return new Location(Place.FORM, names);
        }
        throw new IllegalArgumentException("'" + text + "' is neither header:NAME, json:/pointer nor form:FIELD");
    }
}
