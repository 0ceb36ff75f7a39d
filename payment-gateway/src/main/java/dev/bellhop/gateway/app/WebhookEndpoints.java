package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Endpoint;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;

/** Port: where merchants want webhooks. */
public interface WebhookEndpoints {

    Uni<Void> insert(Endpoint endpoint);

    /** Fails with {@link NotFound}, also where the caller may not see it. */
    Uni<Endpoint> find(Caller caller, String endpointId);

    /** All that the caller may see, oldest first. */
    Uni<List<Endpoint>> list(Caller caller);

    /** Everything but the secrets and the counters. */
    Uni<Void> update(Endpoint endpoint);

    /** With its deliveries. */
    Uni<Void> delete(String endpointId);

    /**
     * Makes a secret the newest, whether it is new or an earlier one; the others end at {@code overlapEnd} at the latest.
     * Fails with {@link TooManySecrets}, having changed nothing.
     */
    Uni<Void> rotate(String endpointId, String secret, Instant now, Instant overlapEnd);
}
