package dev.bellhop.ingress.app;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

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
        this.mostDeliveries = mostDeliveries;
        this.mostBytes = mostBytes;
    }

    /** Whether there is room for one more of that size; if so, it counts until {@link #leave}. */
    public boolean enter(long size) {
        if (deliveries.incrementAndGet() > mostDeliveries) {
            deliveries.decrementAndGet();
            return false;
        }
        if (bytes.addAndGet(size) > mostBytes) {
            leave(size);
            return false;
        }
        return true;
    }

    public void leave(long size) {
        deliveries.decrementAndGet();
        bytes.addAndGet(-size);
    }

    public int deliveries() {
        return deliveries.get();
    }

    public long bytes() {
        return bytes.get();
    }
}
