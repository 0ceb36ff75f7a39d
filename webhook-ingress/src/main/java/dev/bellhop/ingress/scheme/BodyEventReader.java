package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.app.EventReader;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.Location.Place;
import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAccessor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads events by header, JSON pointer and form field; one event a body, or one for each element of an array. The value
 * of an event is what was received, byte by byte; only an array within a form is decoded first.
 */
@Singleton
final class BodyEventReader implements EventReader {

    private static final byte[] NOTHING = Text.bytes("{}");
    /** Of an id, a type or a key. */
    private static final int LONGEST = 1024;

    /**
     * Of one delivery: each is a record with all its headers, however few bytes it has. No provider sends as many; they are
     * stored well within the time for an answer, and take a small part of what may wait for the broker.
     */
    private static final int MOST_EVENTS = 5_000;

    /** What CloudEvents 1.0.2 allows in no string: two halves of different pairs would become the same question mark. */
    private static final Pattern NOT_ALLOWED =
            Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\p{Cs}\\p{IsNoncharacter_Code_Point}]");

    /** The field in which GitHub's forms have their JSON. */
    private static final String PAYLOAD = "payload";

    /** By the name of the source, whose locations never change. */
    private final Map<String, JsonFields> fields = new ConcurrentHashMap<>();

    @Override
    public Reading read(Source source, SignedRequest request) {
        EventLocations locations = source.locations();
        JsonFields known = fields.get(source.name());
        JsonFields wanted = known == null ? fields.computeIfAbsent(source.name(), name -> pointers(locations)) : known;
        try {
            Query form = isForm(request) ? Query.parse(Text.utf8(request.body())) : null;
            if (locations.items() == null) {
                Map<String, String> json = wanted.of(form == null ? request.body() : payload(form));
                return reading(List.of(event(locations, request, form, json, request.body())));
            }
            return reading(items(locations, wanted, request, form));
        } catch (Unnamed e) {
            return new Reading.Unreadable(e.reason);
        } catch (JsonFields.TooManyItems e) {
            return new Reading.Unreadable(Reason.TOO_MANY_EVENTS);
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            return new Reading.Unreadable(Reason.BODY_MALFORMED);
        }
    }

    private static Reading reading(List<Event> events) {
        return new Reading.Events(events);
    }

    private static List<Event> items(
            EventLocations locations, JsonFields wanted, SignedRequest request, @Nullable Query form)
            throws IOException {
        Location items = Objects.requireNonNull(locations.items());
        byte[] document = request.body();
        String pointer = items.names().get(0);
        if (items.place() == Place.FORM) {
            String field = form == null ? null : form.value(pointer);
            document = Text.bytes(field == null ? "" : field);
            pointer = "";
        }
        List<Event> events = new ArrayList<>();
        for (JsonFields.Item item : wanted.ofItems(document, pointer, MOST_EVENTS)) {
            byte[] value = Arrays.copyOfRange(document, item.start(), item.end());
            events.add(event(locations, request, form, item.values(), value));
        }
        return events;
    }

    private static Event event(
            EventLocations locations,
            SignedRequest request,
            @Nullable Query form,
            Map<String, String> json,
            byte[] value)
            throws Unnamed {
        Values values = new Values(request, form, json, value);
        String id = attribute(values.id(locations.id()));
        if (id == null || id.isBlank()) {
            throw new Unnamed(Reason.EVENT_ID_MISSING);
        }
        String type = attribute(values.at(locations.type()));
        String key = attribute(values.at(locations.key()));
        return new Event(id, type, time(values.at(locations.time())), key, value);
    }

    private static @Nullable String attribute(@Nullable String value) throws Unnamed {
        if (value != null
                && (value.length() > LONGEST || NOT_ALLOWED.matcher(value).find())) {
            throw new Unnamed(Reason.EVENT_ATTRIBUTE_INVALID);
        }
        return value;
    }

    private static JsonFields pointers(EventLocations locations) {
        return new JsonFields(Stream.of(locations.id(), locations.type(), locations.time(), locations.key())
                .filter(location -> location != null && location.place() == Place.JSON)
                .flatMap(location -> location.names().stream())
                .filter(name -> !Location.isHash(name))
                .distinct()
                .toList());
    }

    private static boolean isForm(SignedRequest request) {
        List<String> types = request.headers().all("content-type");
        return !types.isEmpty()
                && types.get(0).regionMatches(true, 0, SourceDefaults.FORM, 0, SourceDefaults.FORM.length());
    }

    private static byte[] payload(Query form) {
        String payload = form.value(PAYLOAD);
        return payload == null ? NOTHING : Text.bytes(payload);
    }

    /** RFC 3339, in UTC if it has no offset, or seconds or milliseconds since 1970; anything else is no time. */
    private static @Nullable Instant time(@Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            return switch (Character.isDigit(text.charAt(0)) && text.indexOf('-') < 0 ? text.length() : 0) {
                case 10 -> Text.unixSeconds(text);
                case 13 -> Text.unixMillis(text);
                default -> moment(text);
            };
        } catch (DateTimeException | IllegalArgumentException e) {
            return null;
        }
    }

    private static Instant moment(String text) {
        TemporalAccessor time =
                DateTimeFormatter.ISO_DATE_TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return time instanceof OffsetDateTime exact
                ? exact.toInstant()
                : LocalDateTime.from(time).toInstant(ZoneOffset.UTC);
    }

    /** What one event's values may be taken from. */
    @SuppressWarnings("ArrayRecordComponent") // see SignedRequest
    private record Values(SignedRequest request, @Nullable Query form, Map<String, String> json, byte[] event) {

        /** Without the first of several values the others might be of any event: then the hash of this one is in it. */
        @Nullable
        String id(Location location) {
            if (location.names().size() == 1) {
                return at(location);
            }
            String first = value(location.place(), location.names().get(0));
            if (first != null && !first.isEmpty()) {
                return shortened(first, at(location));
            }
            if (location.names().contains(Location.OR_HASH)) {
                return hash(event);
            }
            String others = location.place() == Place.HEADER ? null : at(location);
            return others == null ? null : others + ":" + hash(event);
        }

        /** Several joined, as far as there are any: not every event has all. */
        @Nullable
        String at(@Nullable Location location) {
            if (location == null) {
                return null;
            }
            if (location.names().size() == 1) {
                String only = value(location.place(), location.names().get(0));
                return only == null || only.isEmpty() ? null : only;
            }
            List<String> parts = location.names().stream()
                    .map(name -> Location.isHash(name) ? null : value(location.place(), name))
                    .map(value -> value == null ? "" : value)
                    .toList();
            int end = parts.size();
            while (end > 0 && parts.get(end - 1).isEmpty()) {
                end--;
            }
            if (end == 1 && location.names().contains(Location.HASH)) {
                return parts.get(0) + ":" + hash(event);
            }
            return end == 0 ? null : String.join(":", parts.subList(0, end));
        }

        /** One of several values, such as a URL, may be of any length; a hash hides nothing that no id may have. */
        private static @Nullable String shortened(String first, @Nullable String joined) {
            if (joined == null
                    || joined.length() <= LONGEST
                    || NOT_ALLOWED.matcher(joined).find()) {
                return joined;
            }
            return first + ":" + hash(Text.bytes(joined));
        }

        private static String hash(byte[] bytes) {
            return HexFormat.of().formatHex(Digest.sha256(bytes));
        }

        private @Nullable String value(Place place, String name) {
            return switch (place) {
                case HEADER -> header(name);
                case JSON -> json.get(name);
                case FORM -> form == null ? null : form.value(name);
            };
        }

        private @Nullable String header(String name) {
            List<String> values = request.headers().all(name);
            if (values.size() > 1) {
                throw new IllegalArgumentException("which of them counts is anybody's guess");
            }
            return values.isEmpty() ? null : values.get(0);
        }
    }

    /** Without an id every event would look like every other; with half a one, like some. */
    private static final class Unnamed extends IOException {

        private static final long serialVersionUID = 1L;

        private final Reason reason;

        Unnamed(Reason reason) {
            super(reason.code());
            this.reason = reason;
        }
    }
}
