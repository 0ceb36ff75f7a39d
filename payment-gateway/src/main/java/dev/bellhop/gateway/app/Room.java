package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Endpoint;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** How many attempts may be under way per endpoint in this process: a slow endpoint fills its own places only. */
@Singleton
final class Room {

    private final DeliveryConfig config;
    private final Map<String, Integer> taken = new ConcurrentHashMap<>();
    private final Map<String, Rate> rates = new ConcurrentHashMap<>();

    Room(DeliveryConfig config) {
        this.config = config;
    }

    /** One place for an endpoint that has to prove itself after a pause. */
    int free(Endpoint endpoint) {
        int places = endpoint.failures() >= config.breakerThreshold() ? 1 : config.inFlightPerEndpoint();
        return Math.min(places - taken.getOrDefault(endpoint.id(), 0), allowedByRate(endpoint));
    }

    /** In real time, a second's worth at once at the most. */
    private int allowedByRate(Endpoint endpoint) {
        Integer perSecond = endpoint.ratePerSecond();
        if (perSecond == null) {
            return Integer.MAX_VALUE;
        }
        return rates.compute(endpoint.id(), (id, rate) -> Rate.refilled(rate, perSecond, System.nanoTime()))
                .tokens();
    }

    void take(Endpoint endpoint) {
        taken.merge(endpoint.id(), 1, Integer::sum);
        rates.computeIfPresent(endpoint.id(), (id, rate) -> rate.less());
    }

    void giveBack(Endpoint endpoint) {
        taken.computeIfPresent(endpoint.id(), (id, count) -> count == 1 ? null : count - 1);
    }

    /** How many attempts the rate allows now, and up to when that is counted. */
    private record Rate(double exactTokens, long at) {

        static Rate refilled(@Nullable Rate before, int perSecond, long now) {
            if (before == null) {
                return new Rate(perSecond, now);
            }
            double added = (now - before.at) / 1e9 * perSecond;
            return new Rate(Math.min(perSecond, before.exactTokens + added), now);
        }

        Rate less() {
            return new Rate(exactTokens - 1, at);
        }

        int tokens() {
            return (int) exactTokens;
        }
    }
}
