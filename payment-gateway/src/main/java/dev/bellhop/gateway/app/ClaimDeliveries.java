package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Endpoint;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Takes the deliveries that are due and for which there is room. */
@Singleton
public final class ClaimDeliveries {

    private final Deliveries deliveries;
    private final Room room;
    private final Clock clock;

    ClaimDeliveries(Deliveries deliveries, Room room, Clock clock) {
        this.deliveries = deliveries;
        this.room = room;
        this.clock = clock;
    }

    /** Each of the deliveries takes a place in {@link Room} until {@link AttemptDelivery} gives it back. */
    public Uni<List<Delivery>> run() {
        Instant now = clock.instant();
        return deliveries
                .receivers(now)
                .chain(receivers -> claim(now, receivers))
                .invoke(claimed -> claimed.forEach(delivery -> room.take(delivery.endpoint())));
    }

    private Uni<List<Delivery>> claim(Instant now, List<Endpoint> receivers) {
        Map<String, Integer> places = new HashMap<>();
        for (Endpoint receiver : receivers) {
            int free = room.free(receiver);
            if (free > 0) {
                places.put(receiver.id(), free);
            }
        }
        return places.isEmpty() ? Uni.createFrom().item(List.of()) : deliveries.claim(now, receivers, places);
    }
}
