package dev.bellhop.prove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** All journeys, begun at a constant rate whatever becomes of those before. */
final class Traffic implements AutoCloseable {

    private static final int CUSTOMERS_AT_ONCE = 48;
    private static final long PATIENCE_MILLIS = 500;

    private final List<Journey> journeys = new ArrayList<>();
    private final ScheduledExecutorService customers = Executors.newScheduledThreadPool(CUSTOMERS_AT_ONCE, task -> {
        Thread thread = new Thread(task, "customer");
        thread.setDaemon(true);
        return thread;
    });
    private final AtomicInteger placed = new AtomicInteger();
    private final AtomicInteger over = new AtomicInteger();

    /** The same seed gives the same journeys with the same order ids. */
    Traffic(int orders, long seed, Api api) {
        Random random = new Random(seed);
        for (int i = 0; i < orders; i++) {
            journeys.add(new Journey(Journey.Kind.drawn(random), "order-" + seed + "-" + i, api));
        }
    }

    void start(int perSecond) {
        for (int i = 0; i < journeys.size(); i++) {
            begin(journeys.get(i), i * 1_000_000L / perSecond);
        }
    }

    private void begin(Journey journey, long afterMicros) {
        var unused = customers.schedule(() -> go(journey), afterMicros, TimeUnit.MICROSECONDS);
    }

    private void go(Journey journey) {
        boolean existed = journey.exists();
        while (!journey.isOver()) {
            if (!journey.advance()) {
                var unused = customers.schedule(() -> go(journey), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                count(journey, existed);
                return;
            }
        }
        count(journey, existed);
        over.incrementAndGet();
    }

    private void count(Journey journey, boolean existed) {
        if (!existed && journey.exists()) {
            placed.incrementAndGet();
        }
    }

    List<Journey> journeys() {
        return journeys;
    }

    /** When the customers who paid began to. */
    Map<String, Instant> paidAt() {
        Map<String, Instant> paidAt = new HashMap<>();
        for (Journey journey : journeys) {
            Instant at = journey.paidAt();
            if (at != null) {
                paidAt.put(journey.orderId(), at);
            }
        }
        return paidAt;
    }

    int placed() {
        return placed.get();
    }

    int over() {
        return over.get();
    }

    boolean isOver() {
        return over() == journeys.size();
    }

    @Override
    public void close() {
        customers.shutdownNow();
    }
}
