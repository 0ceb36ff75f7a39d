package dev.bellhop.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.SigningSecrets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A webhook endpoint as clients see it.
 *
 * @param secret only in the answer that creates or rotates it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record EndpointView(
        String endpointId,
        String url,
        @Nullable String secret,
        @Nullable String publicKey,
        String status,
        @Nullable String disabledReason,
        String style,
        List<String> events,
        @Nullable Integer ratePerSecond,
        int consecutiveFailures,
        @Nullable Instant pausedUntil,
        Instant createdAt) {

    static EndpointView of(Endpoint endpoint) {
        return of(endpoint, null);
    }

    static EndpointView of(Endpoint endpoint, @Nullable String secret) {
        return new EndpointView(
                endpoint.id(),
                endpoint.url().toString(),
                secret,
                SigningSecrets.publicKey(endpoint),
                endpoint.enabled() ? "enabled" : "disabled",
                endpoint.disabledReason(),
                endpoint.style().word(),
                endpoint.eventTypes().stream().map(EventType::word).sorted().toList(),
                endpoint.ratePerSecond(),
                endpoint.failures(),
                endpoint.pausedUntil(),
                endpoint.createdAt());
    }
}
