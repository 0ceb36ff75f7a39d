package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/**
 * An API against a webhook: the same orders, paid at random instants within a minute, are tracked by asking the provider
 * every second, every 5 and every 30 seconds, and by webhook; then others by webhook and reconciliation while one webhook
 * in a hundred is lost.
 */
final class TrackingScenario implements Scenario {

    static final String NAME = "tracking";
    static final String REQUESTS = "requests per order";
    static final String MEDIAN = "paid until known, p50";
    static final String P99 = "paid until known, p99";

    private static final int ORDERS = 1_000;
    private static final Duration WINDOW = Duration.ofMinutes(1);
    private static final Duration KNOWN_LIMIT = Duration.ofMinutes(2);
    private static final int[] INTERVALS = {1, 5, 30};
    private static final String ONE_IN_A_HUNDRED_IS_LOST =
            "{\"seed\":42,\"rules\":[{\"match\":{\"probability\":0.01},\"do\":\"drop\"}]}";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        List<Measurement> measurements = new ArrayList<>();
        Payments payments = Payments.requested(s, "told-" + UUID.randomUUID() + "-", ORDERS);
        List<Tracker> trackers = new ArrayList<>();
        for (int seconds : INTERVALS) {
            trackers.add(new Tracker(s, payments, Duration.ofSeconds(seconds)));
        }
        List<Future<Void>> polled = trackers.stream().map(Tracker::start).toList();
        Surroundings.await(payments.payWithin(WINDOW, new SplittableRandom(42)));
        Surroundings.await(Future.all(polled));
        for (Tracker tracker : trackers) {
            String how = "asking every " + tracker.every().toSeconds() + " s";
            measurements.addAll(rows(
                    how,
                    (double) tracker.requests() / ORDERS,
                    (double) tracker.requests() / ORDERS,
                    (double) tracker.bytes() / ORDERS,
                    tracker.millis()));
        }
        long ours = trackers.stream().mapToLong(Tracker::requests).sum();
        measurements.addAll(told(payments, "webhook", ours));
        plan(s, ONE_IN_A_HUNDRED_IS_LOST);
        Payments lossy = Payments.requested(s, "lost-" + UUID.randomUUID() + "-", ORDERS);
        Surroundings.await(lossy.payWithin(Duration.ofSeconds(10), new SplittableRandom(43)));
        measurements.addAll(told(lossy, "webhook, 1 % lost, and reconciliation", 0));
        plan(s, "{\"seed\":0,\"rules\":[]}");
        return measurements;
    }

    private static void plan(Surroundings s, String plan) {
        Surroundings.await(Calls.json(
                s,
                Call.put(s.suite().gatewayPort(), "/simulator/plan", s.suite().gateway(), Buffer.buffer(plan))));
    }

    /** Waits until order-service knows of every payment, then reads when it came to know; {@code ours}: who asked else. */
    private List<Measurement> told(Payments payments, String how, long ours) {
        Map<String, Long> known = payments.knownToOrderService(KNOWN_LIMIT);
        Histogram millis = new Histogram(Duration.ofMinutes(10).toMillis(), 3);
        known.forEach((orderId, at) -> millis.recordValue(Math.max(0, at - payments.paidAt(orderId))));
        long sent = 0;
        long asked = -ours;
        for (JsonObject truth : payments.truths()) {
            asked += truth.getLong("statusQueries");
            for (Object event : truth.getJsonArray("events")) {
                sent += ((JsonObject) event).getLong("sent");
            }
        }
        double webhooks = (double) sent / ORDERS;
        double questions = (double) asked / ORDERS;
        return rows(how, webhooks + questions, questions, webhooks * payments.webhookBytes(), millis);
    }

    private List<Measurement> rows(String how, double requests, double providerCalls, double bytes, Histogram millis) {
        return List.of(
                plain(how + ": " + REQUESTS, "", requests),
                plain(how + ": status queries at the provider per order", "", providerCalls),
                plain(how + ": bytes per order", "B", bytes),
                plain(how + ": " + MEDIAN, "ms", (double) millis.getValueAtPercentile(50)),
                plain(how + ": " + P99, "ms", (double) millis.getValueAtPercentile(99)));
    }

    private Measurement plain(String what, String unit, double value) {
        return Measurement.plain(name(), what, unit, List.of(value));
    }
}
