package dev.bellhop.order.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.ParkedEvents;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An event of the inbox as it is shown.
 *
 * @param took from our receipt to the commit of its effect
 * @param verdict what proved it
 */
record EventSight(
        String source,
        String eventId,
        String link,
        String type,
        String orderId,
        String outcome,
        @Nullable String reason,
        int deliveries,
        Instant receivedAt,
        Instant processedAt,
        Duration took,
        String verdict,
        List<Header> headers,
        Raw body) {

    public String orderLink() {
        return Links.order(orderId);
    }

    /** What is known of an order that nobody placed. */
    public String askedAbout() {
        return Arrays.stream(ParkedEvents.Answer.values())
                .filter(answer -> answer.reason().equals(reason))
                .findFirst()
                .map(EventSight::words)
                .orElse("The provider was not asked about it.");
    }

    private static String words(ParkedEvents.Answer answer) {
        return switch (answer) {
            case PAID -> "The provider says that it was paid.";
            case UNPAID -> "The provider knows it, but says that it was not paid.";
            case DENIED -> "The provider knows no payment of it.";
        };
    }

    /** Where the form that applies it again goes. */
    public String replayLink() {
        return link.replace("/one?", "/replay-one?");
    }

    /** The exact bytes, to keep. */
    public String bytesLink() {
        return link.replace("/one?", "/bytes?");
    }

    /** Its name within a page. htmx looks for it by a selector, in which the id itself might mean something else. */
    public String element() {
        return "e" + HexFormat.of().formatHex((source + " " + eventId).getBytes(StandardCharsets.UTF_8));
    }

    /** One header of the record: the provider's own, CloudEvents' or ours. */
    record Header(String name, String value) {}

    static EventSight of(InboxLog.Entry entry, ObjectMapper json) {
        List<Header> headers = headers(entry.headers(), json);
        return new EventSight(
                Raw.visible(entry.source()),
                Raw.visible(entry.eventId()),
                Links.event(entry.key()),
                Raw.visible(entry.type()),
                entry.orderId(),
                entry.outcome().word(),
                entry.reason(),
                entry.deliveries(),
                entry.receivedAt(),
                entry.processedAt(),
                Duration.between(entry.receivedAt(), entry.processedAt()),
                verdict(headers),
                headers,
                Raw.of(entry.body(), entry.size()));
    }

    private static String verdict(List<Header> headers) {
        String scheme = value(headers, "bellhop_scheme");
        String key = value(headers, "bellhop_keyid");
        if (scheme.isEmpty()) {
            return "authentic";
        }
        return "authentic by " + scheme + (key.isEmpty() ? "" : ", secret " + key);
    }

    private static String value(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equals(name))
                .map(Header::value)
                .findFirst()
                .orElse("");
    }

    private static String beginning(String value) {
        return Raw.visible(
                value.length() <= InboxLog.BEGINNING ? value : value.substring(0, InboxLog.BEGINNING) + " …");
    }

    /** From the JSON object that they are kept as. */
    static List<Header> headers(String kept, ObjectMapper json) {
        List<Header> headers = new ArrayList<>();
        try {
            JsonNode object = json.readTree(kept);
            object.fieldNames()
                    .forEachRemaining(name -> headers.add(new Header(
                            Raw.visible(name), beginning(object.path(name).asText()))));
        } catch (JsonProcessingException e) {
            headers.add(new Header("", Raw.visible(kept)));
        }
        return headers;
    }
}
