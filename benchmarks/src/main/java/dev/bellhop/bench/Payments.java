package dev.bellhop.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/** Orders with a payment each, waiting to be paid. */
final class Payments {

    private final Surroundings s;
    private final String prefix;
    private final List<String> paymentIds;
    private final Map<String, Long> paidAt = new ConcurrentHashMap<>();

    private Payments(Surroundings s, String prefix, List<String> paymentIds) {
        this.s = s;
        this.prefix = prefix;
        this.paymentIds = paymentIds;
    }

    /** Places the orders and asks for a payment of each. */
    static Payments requested(Surroundings s, String prefix, int count) {
        Orders.placeMany(s, prefix, count);
        HttpClient client = Calls.client(s, 16);
        List<Future<String>> asked = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Call call = Call.post(
                    s.suite().orderPort(),
                    "/orders/" + prefix + i + "/payment",
                    s.suite().client(),
                    Buffer.buffer());
            asked.add(Calls.json(client, call).map(answer -> answer.json().getString("paymentId")));
        }
        Surroundings.await(Future.all(asked).eventually(() -> client.close()));
        return new Payments(s, prefix, asked.stream().map(Future::result).toList());
    }

    int count() {
        return paymentIds.size();
    }

    String paymentId(int number) {
        return paymentIds.get(number);
    }

    String orderId(int number) {
        return prefix + number;
    }

    /** Milliseconds since the epoch at which the provider said that the order is paid; 0 while it is not. */
    long paidAt(String orderId) {
        return paidAt.getOrDefault(orderId, 0L);
    }

    /** Each at a random instant. */
    Future<Void> payWithin(Duration window, SplittableRandom random) {
        HttpClient client = Calls.client(s, 64);
        List<Future<Void>> paid = new ArrayList<>();
        for (int i = 0; i < count(); i++) {
            int number = i;
            Promise<Void> done = Promise.promise();
            s.vertx().setTimer(1 + random.nextLong(window.toMillis()), timer -> pay(client, number)
                    .onComplete(done));
            paid.add(done.future());
        }
        return Future.all(paid).<Void>mapEmpty().eventually(() -> client.close());
    }

    private Future<Void> pay(HttpClient client, int number) {
        Call call = Call.post(
                s.suite().gatewayPort(),
                "/payments/" + paymentId(number) + "/confirm",
                s.suite().gateway(),
                Buffer.buffer());
        return Calls.json(client, call)
                .onSuccess(answer -> paidAt.put(orderId(number), System.currentTimeMillis()))
                .mapEmpty();
    }

    /** When order-service came to know of each payment, in milliseconds since the epoch. */
    Map<String, Long> knownToOrderService(Duration limit) {
        Pool pool = s.database("orders");
        try {
            long deadline = System.nanoTime() + limit.toNanos();
            Map<String, Long> known = known(pool);
            while (known.size() < count()) {
                if (System.nanoTime() > deadline) {
                    throw new IllegalStateException(known.size() + " of " + count() + " payments are known");
                }
                LockSupport.parkNanos(Duration.ofMillis(500).toNanos());
                known = known(pool);
            }
            return known;
        } finally {
            Surroundings.await(pool.close());
        }
    }

    private Map<String, Long> known(Pool pool) {
        Map<String, Long> known = new HashMap<>();
        for (Row row : Surroundings.await(pool.preparedQuery("select order_id, at from order_history"
                        + " where order_id >= $1 and order_id < $2 and to_status = 'Paid'")
                .execute(Tuple.of(prefix, prefix + "~")))) {
            known.put(row.getString(0), row.getOffsetDateTime(1).toInstant().toEpochMilli());
        }
        return known;
    }

    /** What the provider knows of each. */
    List<JsonObject> truths() {
        List<JsonObject> truths = new ArrayList<>();
        String cursor = "";
        do {
            Call call = Call.get(
                    s.suite().gatewayPort(),
                    "/simulator/truth?limit=100&prefix=" + prefix + cursor,
                    s.suite().gateway());
            JsonObject page = Surroundings.await(Calls.json(s, call)).json();
            JsonArray data = page.getJsonArray("data");
            data.forEach(truth -> truths.add((JsonObject) truth));
            cursor = page.getString("nextCursor") == null ? "" : "&cursor=" + page.getString("nextCursor");
        } while (!cursor.isEmpty());
        return truths;
    }

    /** Of one webhook of theirs: the body, and some 420 bytes of request line, headers and answer. */
    double webhookBytes() {
        return 420
                + ("{\"event\":\"payment_success\",\"orderId\":\"" + orderId(0)
                                + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\",\"eventId\":\""
                                + paymentId(0)
                                + "\",\"paymentId\":\"" + paymentId(0)
                                + "\",\"occurredAt\":\"2026-01-01T00:00:00.000Z\"}")
                        .length();
    }
}
