package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongFunction;
import org.HdrHistogram.Histogram;

/**
 * Sends requests to the loopback interface, either as fast as a number of connections allows (closed loop, to find
 * saturation) or at a constant arrival rate whatever the answers do (open loop, for latency). Bounded in time, in
 * connections and in what may be waiting.
 */
final class Load {

    /** Beyond this many unanswered requests an open-loop run counts new ones as failed instead of hoarding them. */
    private static final int MOST_WAITING = 50_000;

    private final Vertx vertx;
    private final HttpClient client;
    private final LongFunction<Call> calls;

    private final Histogram nanos = new Histogram(Duration.ofMinutes(2).toNanos(), 3);
    private final Map<Integer, Long> answers = new HashMap<>();
    private long sent;
    private long waiting;
    private long begin;
    private long measureFrom;
    private long end;
    private double ratePerSecond;

    private Load(Vertx vertx, int connections, LongFunction<Call> calls) {
        this.vertx = vertx;
        this.calls = calls;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setMaxPoolSize(connections)
                .setMaxWaitQueueSize(-1)
                .setTcpNoDelay(true)
                .setKeepAlive(true));
    }

    /** As fast as {@code connections} go; what is answered during {@code warmUp} is not counted. */
    static Future<Figures> saturate(
            Vertx vertx, int connections, Duration warmUp, Duration measured, LongFunction<Call> calls) {
        Load load = new Load(vertx, connections, calls);
        return load.run(warmUp, measured, () -> {
            for (int i = 0; i < connections; i++) {
                load.chain();
            }
        });
    }

    /** At {@code ratePerSecond}, evenly spaced, whatever comes back. */
    static Future<Figures> constant(
            Vertx vertx,
            int connections,
            double ratePerSecond,
            Duration warmUp,
            Duration measured,
            LongFunction<Call> calls) {
        Load load = new Load(vertx, connections, calls);
        load.ratePerSecond = ratePerSecond;
        return load.run(warmUp, measured, () -> vertx.setPeriodic(1, timer -> load.sendDue(timer)));
    }

    private Future<Figures> run(Duration warmUp, Duration measured, Runnable start) {
        Promise<Figures> done = Promise.promise();
        vertx.runOnContext(ignored -> {
            begin = System.nanoTime();
            measureFrom = begin + warmUp.toNanos();
            end = measureFrom + measured.toNanos();
            start.run();
            vertx.setPeriodic(50, timer -> {
                boolean drained = waiting == 0;
                boolean givenUp =
                        System.nanoTime() > end + Duration.ofSeconds(30).toNanos();
                if (System.nanoTime() > end && (drained || givenUp)) {
                    vertx.cancelTimer(timer);
                    answers.merge(0, waiting, Long::sum);
                    client.close();
                    done.complete(Figures.of(nanos, answers, measured.toNanos() / 1e9));
                }
            });
        });
        return done.future();
    }

    private void chain() {
        if (System.nanoTime() < end) {
            send(System.nanoTime()).onComplete(any -> chain());
        }
    }

    private void sendDue(long timer) {
        long now = System.nanoTime();
        if (now >= end) {
            vertx.cancelTimer(timer);
            return;
        }
        // The first is due at once.
        long due = 1 + (long) ((now - begin) / 1e9 * ratePerSecond);
        while (sent < due) {
            long scheduled = begin + (long) (sent * 1e9 / ratePerSecond);
            if (waiting >= MOST_WAITING) {
                sent++;
                answers.merge(0, 1L, Long::sum);
            } else {
                send(scheduled);
            }
        }
    }

    private Future<Integer> send(long scheduled) {
        Call call = calls.apply(sent++);
        waiting++;
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(call.port())
                .setMethod(call.method())
                .setURI(call.path())
                .setHeaders(call.headers());
        return client.request(options)
                .compose(request -> call.body().length() == 0 ? request.send() : request.send(call.body()))
                .compose(Load::statusOnceRead)
                .otherwise(0)
                .onSuccess(status -> answered(scheduled, status));
    }

    private static Future<Integer> statusOnceRead(HttpClientResponse response) {
        return response.end().map(response.statusCode());
    }

    private void answered(long scheduled, int status) {
        waiting--;
        long now = System.nanoTime();
        if (scheduled < measureFrom || now > end + Duration.ofSeconds(30).toNanos()) {
            return;
        }
        answers.merge(status, 1L, Long::sum);
        if (status != 0) {
            nanos.recordValue(Math.min(now - scheduled, nanos.getHighestTrackableValue()));
        }
    }
}
