package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.HdrHistogram.Histogram;

/** Many clients watch their orders on one instance: from the instant a webhook is sent until each watcher is told. */
final class StreamScenario implements Scenario {

    private static final int CLIENTS = 2_000;
    private static final int ORDERS = 500;
    private static final int EVENTS_PER_SECOND = 50;

    @Override
    public String name() {
        return "stream";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws IOException {
        String prefix = "watched-" + UUID.randomUUID() + "-";
        Orders.placeMany(s, prefix, ORDERS);
        double before = ResidentMemory.megabytes(s.suite().pid("orderService"));
        HttpClient client = s.vertx().createHttpClient(new HttpClientOptions().setMaxPoolSize(CLIENTS));
        try {
            Watch watch = new Watch(s, client, prefix);
            Surroundings.await(watch.open());
            double after = ResidentMemory.megabytes(s.suite().pid("orderService"));
            Histogram nanos = Surroundings.await(watch.payAll());
            return List.of(
                    plain(
                            "webhook sent to " + CLIENTS + " watchers told, p50",
                            "ms",
                            nanos.getValueAtPercentile(50) / 1e6),
                    plain(
                            "webhook sent to " + CLIENTS + " watchers told, p99",
                            "ms",
                            nanos.getValueAtPercentile(99) / 1e6),
                    plain("resident memory of orderService by watcher", "kB", (after - before) * 1024 / CLIENTS));
        } finally {
            Surroundings.await(client.close());
        }
    }

    private Measurement plain(String what, String unit, double value) {
        return Measurement.plain(name(), what, unit, List.of(value));
    }

    /** All watchers, of whom each order has as many. */
    private static final class Watch {

        private final Surroundings s;
        private final HttpClient client;
        private final String prefix;
        private final StandardWebhook webhook;
        private final Map<String, Long> sentAt = new ConcurrentHashMap<>();
        private final Histogram nanos = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
        private final Promise<Histogram> allTold = Promise.promise();
        private int sent;

        Watch(Surroundings s, HttpClient client, String prefix) {
            this.s = s;
            this.client = client;
            this.prefix = prefix;
            this.webhook = new StandardWebhook(s.secret());
        }

        /** Once everybody has been told what is. */
        Future<Void> open() {
            List<Future<Void>> open = new ArrayList<>();
            for (int i = 0; i < CLIENTS; i++) {
                open.add(open(prefix + i % ORDERS));
            }
            return Future.all(open).mapEmpty();
        }

        private Future<Void> open(String orderId) {
            Promise<Void> isOpen = Promise.promise();
            Call call = Call.get(
                    s.suite().orderPort(),
                    "/orders/" + orderId + "/stream",
                    s.suite().client());
            client.request(call.method(), call.port(), "127.0.0.1", call.path())
                    .compose(request -> {
                        request.headers().addAll(call.headers());
                        return request.send();
                    })
                    .onSuccess(response -> listen(response, orderId, isOpen))
                    .onFailure(isOpen::tryFail);
            return isOpen.future();
        }

        private void listen(HttpClientResponse response, String orderId, Promise<Void> isOpen) {
            if (response.statusCode() != 200) {
                isOpen.tryFail("a stream gave " + response.statusCode());
                return;
            }
            Buffer heard = Buffer.buffer();
            response.exceptionHandler(failure -> {
                isOpen.tryFail(failure);
                allTold.tryFail(failure);
            });
            response.handler(chunk -> {
                heard.appendBuffer(chunk);
                if (heard.toString().contains("\"Paid\"")) {
                    told(orderId);
                    response.handler(ignored -> {});
                } else if (heard.toString().contains("\"Pending\"")) {
                    isOpen.tryComplete();
                }
            });
        }

        private synchronized void told(String orderId) {
            nanos.recordValue(System.nanoTime() - sentAt.getOrDefault(orderId, System.nanoTime()));
            if (nanos.getTotalCount() == CLIENTS) {
                allTold.tryComplete(nanos);
            }
        }

        /** Once everybody has been told that the order is paid. */
        Future<Histogram> payAll() {
            HttpClient payer = Calls.client(s, 16);
            s.vertx().setPeriodic(1_000 / EVENTS_PER_SECOND, timer -> {
                String orderId = prefix + sent++;
                sentAt.put(orderId, System.nanoTime());
                Call call = webhook.paid(s.suite().ingressPort(), orderId);
                Calls.json(payer, call).onFailure(allTold::tryFail);
                if (sent == ORDERS) {
                    s.vertx().cancelTimer(timer);
                }
            });
            return allTold.future().eventually(() -> payer.close());
        }
    }
}
