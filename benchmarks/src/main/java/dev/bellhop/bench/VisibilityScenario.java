package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.HdrHistogram.Histogram;

/** From the instant a webhook is sent until a GET answers {@code Paid}, at 10, 100 and 500 events a second. */
final class VisibilityScenario implements Scenario {

    /** Each order is asked about this often, and more rarely at high rates: else the questions would be what is measured. */
    private static final int MILLIS_BETWEEN_QUESTIONS = 5;

    private static final int EVENTS_PER_MILLI = 25;

    private static final Duration WARM_UP = Duration.ofSeconds(40);

    @Override
    public String name() {
        return "visibility";
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        List<Measurement> measurements = new ArrayList<>();
        // A virtual machine that has done none of this before spends the first half minute compiling it.
        measure(s, 200, WARM_UP);
        for (int rate : new int[] {10, 100, 500}) {
            Histogram nanos = measure(s, rate, s.measured());
            String at = " at " + rate + " events/s";
            measurements.add(Measurement.plain(
                    name(),
                    "webhook sent to Paid visible, p50" + at,
                    "ms",
                    List.of(nanos.getValueAtPercentile(50) / 1e6)));
            measurements.add(Measurement.plain(
                    name(),
                    "webhook sent to Paid visible, p99" + at,
                    "ms",
                    List.of(nanos.getValueAtPercentile(99) / 1e6)));
        }
        return measurements;
    }

    private static Histogram measure(Surroundings s, int rate, Duration length) {
        int orders = (int) Math.max(50, rate * length.toSeconds());
        String prefix = "seen-" + UUID.randomUUID() + "-";
        Orders.placeMany(s, prefix, orders);
        return Surroundings.await(new Run(s, prefix, orders, rate).start());
    }

    private static final class Run {

        private final Surroundings s;
        private final String prefix;
        private final int orders;
        private final int rate;
        private final HttpClient client;
        private final StandardWebhook webhook;
        private final Histogram nanos = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
        private final Promise<Histogram> done = Promise.promise();
        private final long askEvery;
        private long begin;
        private int sent;

        Run(Surroundings s, String prefix, int orders, int rate) {
            this.s = s;
            this.prefix = prefix;
            this.orders = orders;
            this.rate = rate;
            this.askEvery = Math.max(MILLIS_BETWEEN_QUESTIONS, rate / EVENTS_PER_MILLI);
            // Seconds; a connection that the service ends for its silence must not be one that a request is just sent
            // on.
            this.client = s.vertx()
                    .createHttpClient(
                            new HttpClientOptions().setMaxPoolSize(256).setKeepAliveTimeout(2));
            this.webhook = new StandardWebhook(s.secret());
        }

        Future<Histogram> start() {
            s.vertx().runOnContext(ignored -> {
                begin = System.nanoTime();
                s.vertx().setPeriodic(1, this::sendDue);
            });
            return done.future().eventually(() -> client.close());
        }

        private void sendDue(long timer) {
            // The first is due at once.
            long due = 1 + (long) ((System.nanoTime() - begin) / 1e9 * rate);
            while (sent < Math.min(due, orders)) {
                long scheduled = begin + (long) (sent * 1e9 / rate);
                String orderId = prefix + sent++;
                Call call = webhook.paid(s.suite().ingressPort(), orderId);
                send(call).onSuccess(answer -> ask(orderId, scheduled)).onFailure(done::tryFail);
            }
            if (sent >= orders || done.future().isComplete()) {
                s.vertx().cancelTimer(timer);
            }
        }

        private void ask(String orderId, long scheduled) {
            Call call = Call.get(
                    s.suite().orderPort(),
                    "/orders/" + orderId + "/status",
                    s.suite().client());
            send(call).onFailure(done::tryFail).onSuccess(answer -> {
                if (!answer.contains("\"Paid\"")) {
                    s.vertx().setTimer(askEvery, timer -> ask(orderId, scheduled));
                    return;
                }
                nanos.recordValue(System.nanoTime() - scheduled);
                if (nanos.getTotalCount() == orders) {
                    done.tryComplete(nanos);
                }
            });
        }

        private Future<String> send(Call call) {
            return client.request(call.method(), call.port(), "127.0.0.1", call.path())
                    .compose(request -> {
                        request.headers().addAll(call.headers());
                        return call.body().length() == 0 ? request.send() : request.send(call.body());
                    })
                    .compose(response -> response.body().map(body -> response.statusCode() + " " + body));
        }
    }
}
