package dev.bellhop.order.api;

import dev.bellhop.order.domain.OrderId;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Places in lists, opaque to clients. */
final class Cursors {

    private Cursors() {}

    static String of(String place) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(place.getBytes(StandardCharsets.UTF_8));
    }

    /** What {@link #of} was given, if that was an id. */
    static String id(String cursor) {
        String text = text(cursor);
        if (!OrderId.isValid(text)) {
            throw unknown();
        }
        return text;
    }

    /** What {@link #of} was given, if that was a version. */
    static long version(String cursor) {
        String text = text(cursor);
        if (!text.matches("\\d{1,18}")) {
            throw unknown();
        }
        return Long.parseLong(text);
    }

    /** What {@link #of} was given. Answers 400 to what it never made. */
    static String text(String cursor) {
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            if (!text.isEmpty() && text.matches(Ids.TEXT) && of(text).equals(cursor)) {
                return text;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        throw unknown();
    }

    static Rejected unknown() {
        return new Rejected("invalid_cursor", "this cursor is not one of ours");
    }
}
