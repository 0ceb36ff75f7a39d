package dev.bellhop.ingress.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What has been let in and is not answered yet, bounded by number and by bytes: overload is refused, never stored. */
@Singleton
public final class InFlight {

    private final int mostDeliveries;
    private final long mostBytes;
    private final AtomicInteger deliveries = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    @Inject
    InFlight(WebhooksConfig config) {
        this(config.inFlight().deliveries(), config.inFlight().bytes().bytes());
    }

    InFlight(int mostDeliveries, long mostBytes) {
        if (mostDeliveries < 1) {
            throw new IllegalStateException("webhooks.in-flight.deliveries=" + mostDeliveries + " lets nothing in");
        }
        this.mostDeliveries = mostDeliveries;
        this.mostBytes = mostBytes;
    }

    /** Room for one more delivery of that size; null if there is none. */
    public @Nullable Place enter(long size) {
        if (deliveries.incrementAndGet() > mostDeliveries) {
            deliveries.decrementAndGet();
            return null;
        }
        Place place = new Place();
        if (!place.grow(size)) {
            place.leave();
            return null;
        }
        return place;
    }

    /** What one delivery takes up until it leaves. Not for several threads at once. */
    public final class Place {

        private long size;

        private Place() {}

        /** Whether there is room for so much more of it; if so, it counts. */
        public boolean grow(long more) {
            if (bytes.addAndGet(more) > mostBytes) {
                bytes.addAndGet(-more);
                return false;
            }
            size += more;
            return true;
        }

        /** Called once. */
        public void leave() {
            deliveries.decrementAndGet();
            bytes.addAndGet(-size);
        }
    }

    public int deliveries() {
        return deliveries.get();
    }

    public long bytes() {
        return bytes.get();
    }
}
