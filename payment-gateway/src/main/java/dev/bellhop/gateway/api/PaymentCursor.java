package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.Payments.Place;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** A place in the list of payments, opaque to clients. */
final class PaymentCursor {

    private PaymentCursor() {}

    static String of(Place place) {
        String text = place.updatedAt().toEpochMilli() + " " + place.paymentId();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static @Nullable Place parse(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
            int blank = text.indexOf(' ');
            if (blank > 0 && text.indexOf('\0') < 0) {
                return new Place(
                        Instant.ofEpochMilli(Long.parseLong(text.substring(0, blank))), text.substring(blank + 1));
            }
        } catch (IllegalArgumentException | DateTimeException e) {
            // told below
        }
        throw new BadRequest("invalid_cursor", "this cursor is not one of ours");
    }
}
