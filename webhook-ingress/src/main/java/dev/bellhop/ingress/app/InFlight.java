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

    /**
     * What one delivery takes up until all who hold it have left. They come and go on one thread; its size may be changed
     * on another, one at a time.
     */
    public final class Place {

        private int holders = 1;
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

        /** So much of it is there no more. */
        public void shrink(long less) {
            size -= less;
            bytes.addAndGet(-less);
        }

        /** For work that goes on though the sender may go: one more has to leave. */
        public void hold() {
            holders++;
        }

        /** Called once by each who holds it. */
        public void leave() {
            holders--;
            if (holders == 0) {
                deliveries.decrementAndGet();
                bytes.addAndGet(-size);
            }
        }
    }

    public int deliveries() {
        return deliveries.get();
    }

    public long bytes() {
        return bytes.get();
    }
}
