package dev.bellhop.order.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.InboxLog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** What operators see of events. */
final class OperatorViews {

    private OperatorViews() {}

    /** One event in a list. {@code status} is what became of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventView(
            String eventId,
            String source,
            String type,
            String orderId,
            String status,
            @Nullable String reason,
            int deliveries,
            Instant receivedAt,
            Instant processedAt) {

        static EventView of(InboxLog.Entry entry) {
            return new EventView(
                    entry.eventId(),
                    entry.source(),
                    entry.type(),
                    entry.orderId(),
                    entry.outcome().word(),
                    entry.reason(),
                    entry.deliveries(),
                    entry.receivedAt(),
                    entry.processedAt());
        }
    }

    /** One event with all that came with it. */
    record EventDetailView(
            EventView event,
            @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = String.class) String headers,
            String body,
            List<ReplayView> replays) {

        static EventDetailView of(InboxLog.Entry entry, List<InboxLog.Replay> replays) {
            return new EventDetailView(
                    EventView.of(entry),
                    entry.headers(),
                    new String(entry.body(), StandardCharsets.UTF_8),
                    replays.stream().map(ReplayView::of).toList());
        }
    }

    /** One replay. {@code status} is what became of this attempt. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ReplayView(
            String replayId,
            String eventId,
            String status,
            @Nullable String reason,
            String actor,
            @Nullable String note,
            Instant at) {

        static ReplayView of(InboxLog.Replay replay) {
            return new ReplayView(
                    replay.replayId(),
                    replay.event().eventId(),
                    replay.outcome().word(),
                    replay.reason(),
                    replay.actor(),
                    replay.note(),
                    replay.at());
        }
    }

    /** One record that could not be applied. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record DeadLetterView(
            String origin,
            String reason,
            @Nullable String key,
            @JsonRawValue @Schema(type = SchemaType.OBJECT, additionalProperties = String.class) String headers,
            @Nullable String body,
            Instant at,
            @Nullable Instant redrivenAt,
            @Nullable String redrivenBy,
            @Nullable String redrivenNote) {

        static DeadLetterView of(DeadLetterLog.Letter letter) {
            byte[] body = letter.body();
            return new DeadLetterView(
                    letter.origin(),
                    letter.reason(),
                    letter.key(),
                    letter.headers(),
                    body == null ? null : new String(body, StandardCharsets.UTF_8),
                    letter.at(),
                    letter.redrivenAt(),
                    letter.redrivenBy(),
                    letter.redrivenNote());
        }
    }
}
