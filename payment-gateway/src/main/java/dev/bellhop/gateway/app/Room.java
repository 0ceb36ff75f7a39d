package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Endpoint;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How many attempts may be under way per endpoint in this process: a slow endpoint fills its own places only. */
@Singleton
final class Room {

    private final DeliveryConfig config;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();

    Room(DeliveryConfig config) {
        this.config = config;
    }

    /** One place for an endpoint that has to prove itself after a pause. */
    int free(Endpoint endpoint) {
        int places = endpoint.failures() >= config.breakerThreshold() ? 1 : config.inFlightPerEndpoint();
        return places - taken.getOrDefault(endpoint.id(), 0);
    }

    void take(Endpoint endpoint) {
        taken.merge(endpoint.id(), 1, Integer::sum);
    }

    void giveBack(Endpoint endpoint) {
        taken.computeIfPresent(endpoint.id(), (id, count) -> count == 1 ? null : count - 1);
    }
}
