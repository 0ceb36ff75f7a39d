package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Endpoint;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Port: the deliveries that are still to be made. */
public interface Deliveries {

    /** The endpoints that are enabled and not paused at this moment. */
    Uni<List<Endpoint>> receivers(Instant now);

    /**
     * Leases deliveries that are due, at most as many per endpoint as {@code room} says. Of one payment's events to one
     * endpoint only the oldest that is open is given out. Who does not come back within the lease loses it.
     */
    Uni<List<Delivery>> claim(Instant now, List<Endpoint> receivers, Map<String, Integer> room);

    /** Frees the leases of workers that have died. Answers how many deliveries became free. */
    Uni<Integer> reclaim();

    /** Keeps what came of an attempt, and what it says about the endpoint. Done when it is durable. */
    Uni<Void> record(Attempt attempt);
}
