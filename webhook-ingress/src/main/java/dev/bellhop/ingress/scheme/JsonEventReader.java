package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.app.EventReader;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.Location.Place;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Reads events by header and JSON pointer. */
@Singleton
final class JsonEventReader implements EventReader {

    private final Map<EventLocations, JsonFields> fields = new ConcurrentHashMap<>();

    @Override
    public Reading read(Source source, SignedRequest request) {
        EventLocations locations = source.locations();
        try {
            @Nullable
            String[] values =
                    fields.computeIfAbsent(locations, JsonEventReader::fieldsOf).of(request.body());
            String id = value(locations.id(), request, values[0]);
            if (id == null || id.isBlank()) {
                return new Reading.Unreadable(Reason.EVENT_ID_MISSING);
            }
            return new Reading.Events(List.of(new Event(
                    id,
                    value(locations.type(), request, values[1]),
                    time(value(locations.time(), request, values[2])),
                    value(locations.key(), request, values[3]),
                    request.body())));
        } catch (IOException e) {
            return new Reading.Unreadable(Reason.BODY_MALFORMED);
        }
    }

    private static JsonFields fieldsOf(EventLocations locations) {
        return new JsonFields(Arrays.asList(
                pointer(locations.id()),
                pointer(locations.type()),
                pointer(locations.time()),
                pointer(locations.key())));
    }

    private static @Nullable String pointer(@Nullable Location location) {
        return location != null && location.place() == Place.JSON ? location.name() : null;
    }

    private static @Nullable String value(@Nullable Location location, SignedRequest request, @Nullable String inBody) {
        if (location != null && location.place() == Place.HEADER) {
            List<String> values = request.headers().all(location.name());
            return values.isEmpty() ? null : values.get(0);
        }
        return inBody;
    }

    /** RFC 3339, or seconds or milliseconds since 1970; anything else is no time. */
    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return switch (text.chars().allMatch(Character::isDigit) ? text.length() : 0) {
                case 10 -> Text.unixSeconds(text);
                case 13 -> Text.unixMillis(text);
                default -> OffsetDateTime.parse(text).toInstant();
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }
}
