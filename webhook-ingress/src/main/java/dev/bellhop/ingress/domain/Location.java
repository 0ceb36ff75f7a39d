package dev.bellhop.ingress.domain;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Where a delivery carries a value: {@code header:NAME}, {@code json:/pointer} (RFC 6901; in a batch, within the item)
 * or {@code form:FIELD}. Several names, separated by commas, are joined with colons: together they are unique. Where they may not
 * be, {@code @sha256} comes last: if there is a value of the first name alone, the hash of the event's bytes is joined to it.
 * Where not all events have the first, {@code @or-sha256} comes last: the hash stands for what is missing.
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

    /** Stands behind names that do not tell all events apart. */
    public static final String HASH = "@sha256";

    /** Stands behind names of which the first is not in all events. */
    public static final String OR_HASH = "@or-sha256";

    /** Whether a name is that of no value, but of what stands in for one. */
    public static boolean isHash(String name) {
        return HASH.equals(name) || OR_HASH.equals(name);
    }

    /** As written in configuration. */
    public static Location of(String text) {
        int colon = text.indexOf(':');
        String kind = colon < 0 ? "" : text.substring(0, colon);
        List<String> names = Arrays.asList(text.substring(colon + 1).split(",", -1));
        boolean hashed = names.size() > 1 && isHash(names.get(names.size() - 1));
        List<String> own = hashed ? names.subList(0, names.size() - 1) : names;
        boolean named = own.stream().noneMatch(String::isBlank);
        if ("header".equals(kind) && own.stream().allMatch(Headers::isName)) {
            return new Location(
                    Place.HEADER,
                    names.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList());
        }
        if ("json".equals(kind) && own.stream().allMatch(name -> name.startsWith("/"))) {
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
