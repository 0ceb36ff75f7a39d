package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.Rejections;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ingress refused.
 *
 * @param older the page behind this one
 */
record RejectedSight(
        @Nullable String source,
        @Nullable String reason,
        List<Kind> kinds,
        List<Shown> rejections,
        @Nullable String older,
        long kept) {

    private static final String PATH = "/console/rejected";

    /** Rejections of one source and reason. */
    record Kind(String source, String reason, long rejections, Instant newest, String link) {}

    /** One rejection. */
    record Shown(
            String name,
            Instant receivedAt,
            String source,
            String reason,
            String scheme,
            long size,
            List<EventSight.Header> headers,
            Raw body) {}

    static RejectedSight of(
            @Nullable String source,
            @Nullable String reason,
            List<Rejections.Count> counts,
            List<Rejections.Rejection> found,
            int perPage,
            ObjectMapper json) {
        List<Kind> kinds = counts.stream()
                .map(count -> new Kind(
                        Raw.visible(count.source()),
                        Raw.visible(count.reason()),
                        count.rejections(),
                        count.newest(),
                        Links.of(PATH, parameters(count.source(), count.reason()))))
                .toList();
        List<Shown> shown = found.stream()
                .limit(perPage)
                .map(rejection -> shown(rejection, json))
                .toList();
        String older = found.size() <= perPage
                ? null
                : Links.with(PATH, parameters(source, reason), "before", place(found.get(perPage - 1)));
        return new RejectedSight(source, reason, kinds, shown, older, Rejections.KEPT);
    }

    private static Shown shown(Rejections.Rejection rejection, ObjectMapper json) {
        return new Shown(
                rejection.partition() + "@" + rejection.position(),
                rejection.receivedAt(),
                Raw.visible(rejection.source()),
                Raw.visible(rejection.reason()),
                Raw.visible(rejection.scheme()),
                rejection.size(),
                EventSight.headers(rejection.headers(), json),
                Raw.of(rejection.body()));
    }

    private static String place(Rejections.Rejection last) {
        return last.receivedAt() + " " + last.partition() + " " + last.position();
    }

    private static Map<String, @Nullable String> parameters(@Nullable String source, @Nullable String reason) {
        Map<String, @Nullable String> all = new LinkedHashMap<>();
        all.put("source", source);
        all.put("reason", reason);
        return all;
    }

    /** Whether it is not all that is shown. */
    public boolean filtered() {
        return source != null || reason != null;
    }
}
