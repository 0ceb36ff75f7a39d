package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.DeadLetterLog;
import java.time.Instant;
import java.util.List;

/** A dead letter as it is shown. Its parts have the names that an event's have. */
record LetterSight(
        String eventId,
        String reason,
        String key,
        Instant at,
        List<EventSight.Header> headers,
        Raw body,
        String source) {

    static LetterSight of(DeadLetterLog.Letter letter, ObjectMapper json) {
        byte[] body = letter.body();
        String key = letter.key();
        List<EventSight.Header> headers = EventSight.headers(letter.headers(), json);
        return new LetterSight(
                letter.origin(),
                letter.reason(),
                key == null ? "" : Raw.visible(key),
                letter.at(),
                headers,
                Raw.of(body == null ? new byte[0] : body, letter.size()),
                headers.stream()
                        .filter(header -> header.name().equals("ce_source"))
                        .map(EventSight.Header::value)
                        .findFirst()
                        .orElse(""));
    }
}
