package dev.bellhop.order.console;

import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.Rfc3339;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What the form above the events asks for. What makes no sense is ignored: an operator sees what is still there. */
record EventSearch(
        @RestQuery @Nullable String source,
        @RestQuery @Nullable String type,
        @RestQuery @Nullable String outcome,
        @RestQuery @Nullable String order,
        @RestQuery @Nullable String from,
        @RestQuery @Nullable String to,
        @RestQuery @Nullable String before) {

    private static final String PATH = "/console/events";

    InboxLog.Filter filter() {
        return new InboxLog.Filter(
                Words.orNull(source),
                Arrays.stream(Outcome.values())
                        .filter(each -> each.word().equals(outcome))
                        .findFirst()
                        .orElse(null),
                Words.orNull(type),
                Words.orNull(order),
                Words.instant(from),
                Words.instant(to));
    }

    /** Behind which event the page begins. */
    InboxLog.@Nullable Place place() {
        String[] parts =
                before == null ? new String[0] : before.replace("\0", "").split(" ", 3);
        try {
            return parts.length == 3 ? new InboxLog.Place(Rfc3339.parse(parts[0]), parts[1], parts[2]) : null;
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    /** The page behind this event. */
    String older(InboxLog.Entry last) {
        return Links.with(PATH, parameters(), "before", last.receivedAt() + " " + last.source() + " " + last.eventId());
    }

    /** The first page of the same search. */
    public String newest() {
        return Links.of(PATH, parameters());
    }

    /** Where these events are counted, to be replayed. */
    public String replay() {
        return Links.of(PATH + "/replay", parameters());
    }

    /** The same up to an instant, so that what was counted is what is replayed. */
    EventSearch until(Instant now) {
        return Words.instant(to) != null
                ? this
                : new EventSearch(source, type, outcome, order, from, now.toString(), null);
    }

    public Map<String, @Nullable String> parameters() {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("source", Words.orNull(source));
        all.put("type", Words.orNull(type));
        all.put("outcome", Words.orNull(outcome));
        all.put("order", Words.orNull(order));
        all.put("from", Words.orNull(from));
        all.put("to", Words.orNull(to));
        return all;
    }
}
