package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import io.smallrye.mutiny.Uni;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Port: where merchants want webhooks. */
public interface WebhookEndpoints {

    Uni<Void> insert(Endpoint endpoint);

    /** Fails with {@link NotFound}, also where the caller may not see it. */
    Uni<Endpoint> find(Caller caller, String endpointId);

    /** All that the caller may see, oldest first. */
    Uni<List<Endpoint>> list(Caller caller);

    /** Makes this change and no other, whatever happens to the endpoint meanwhile. Its failures are counted anew. */
    Uni<Void> update(String endpointId, Change change);

    /** With its deliveries: it is disabled first, and stays so if it cannot be done to the end. */
    Uni<Void> delete(String endpointId);

    /**
     * Makes a secret the newest, whether it is new or an earlier one; the others end at {@code overlapEnd} at the latest.
     * Fails with {@link TooManySecrets}, having changed nothing.
     */
    Uni<Void> rotate(String endpointId, String secret, Instant now, Instant overlapEnd);

    /**
     * What changes; null for what stays as it is.
     *
     * @param eventTypes empty for all
     * @param ratePerSecond nought for as many as there are
     */
    record Change(
            @Nullable URI url,
            @Nullable Set<EventType> eventTypes,
            @Nullable Integer ratePerSecond,
            @Nullable Boolean enabled) {}
}
