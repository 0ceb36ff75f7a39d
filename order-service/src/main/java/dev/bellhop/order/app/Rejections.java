package dev.bellhop.order.app;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: the newest webhooks that the ingress refused, for operators. Nothing is done with them but looking. */
public interface Rejections {

    /** So many are kept; older ones make room. */
    int KEPT = 10_000;

    /** Keeps rejections; one that is there already is left as it is. */
    Uni<Void> keep(List<Rejection> rejections);

    /** Those that fit, newest first, from behind {@code after}. */
    Uni<List<Rejection>> find(@Nullable String source, @Nullable String reason, @Nullable Place after, int limit);

    /** How many there are by source and reason. */
    Uni<List<Count>> counts();

    /** A place in the list. */
    record Place(Instant receivedAt, int partition, long position) {}

    /** Rejections of one kind. */
    record Count(String source, String reason, long rejections, Instant newest) {}

    /**
     * One refused webhook.
     *
     * @param partition of {@code webhooks.rejected}; with {@code position} and {@code receivedAt} it names the rejection
     * @param reason stable; the sender was not told
     * @param size of the whole body
     * @param headers a JSON object; the ingress redacted what might be secret
     * @param body the beginning of it
     */
    @SuppressWarnings("ArrayRecordComponent") // bytes that are shown as they came; never compared
    record Rejection(
            int partition,
            long position,
            Instant receivedAt,
            String source,
            String reason,
            String scheme,
            long size,
            String headers,
            byte[] body) {}
}
