package dev.bellhop.gateway.domain;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where a merchant wants webhooks.
 *
 * @param secrets newest first
 * @param eventTypes which events; empty for all
 * @param ratePerSecond how many webhooks a second it takes; null for as many as come
 * @param failures failed attempts since the last success
 * @param failingSince when the first of these happened
 * @param pausedUntil the breaker: nothing is sent before
 * @param disabledReason why it is disabled; null while it is enabled
 */
public record Endpoint(
        String id,
        String owner,
        URI url,
        SignatureStyle style,
        List<SigningSecret> secrets,
        Set<EventType> eventTypes,
        @Nullable Integer ratePerSecond,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant pausedUntil,
        @Nullable String disabledReason,
        Instant createdAt) {

    public Endpoint {
        secrets = List.copyOf(secrets);
        eventTypes = Set.copyOf(eventTypes);
    }

    public boolean enabled() {
        return disabledReason == null;
    }
}
