package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpClient;
import java.time.Duration;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;

/** A client that asks the provider about each payment at an interval until it is paid. */
final class Tracker {

    private final Surroundings s;
    private final Payments payments;
    private final Duration every;
    private final HttpClient client;
    private final Histogram millis = new Histogram(Duration.ofMinutes(10).toMillis(), 3);
    private final Promise<Void> done = Promise.promise();
    private long requests;
    private long bytes;
    private int known;

    Tracker(Surroundings s, Payments payments, Duration every) {
        this.s = s;
        this.payments = payments;
        this.every = every;
        this.client = Calls.client(s, 64);
    }

    /** Completes once every payment is known to be paid. The first questions are spread over the interval. */
    Future<Void> start() {
        SplittableRandom random = new SplittableRandom(every.toMillis());
        s.vertx().runOnContext(ignored -> {
            for (int i = 0; i < payments.count(); i++) {
                int number = i;
                s.vertx().setTimer(1 + random.nextLong(every.toMillis()), timer -> ask(number));
            }
        });
        return done.future().eventually(() -> client.close());
    }

    private void ask(int number) {
        requests++;
        Call call = Call.get(
                s.suite().gatewayPort(),
                "/payments/" + payments.paymentId(number),
                s.suite().gateway());
        Calls.json(client, call).onFailure(done::tryFail).onSuccess(answer -> {
            bytes += answer.bytes();
            if (!answer.json().getString("status").equals("Paid")) {
                s.vertx().setTimer(every.toMillis(), timer -> ask(number));
                return;
            }
            long paidAt = payments.paidAt(payments.orderId(number));
            // The payer's own answer may still be on its way.
            millis.recordValue(paidAt == 0 ? 0 : Math.max(0, System.currentTimeMillis() - paidAt));
            known++;
            if (known == payments.count()) {
                done.tryComplete();
            }
        });
    }

    Duration every() {
        return every;
    }

    long requests() {
        return requests;
    }

    long bytes() {
        return bytes;
    }

    Histogram millis() {
        return millis;
    }
}
