package dev.bellhop.bench;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * How many payments a second the provider creates, settles, reports by a signed webhook to a receiver that answers at
 * once, and records, everything persisted.
 */
final class ProviderScenario implements Scenario {

    private static final Duration LIMIT = Duration.ofMinutes(5);
    private static final String DELIVERED = "select count(*) from deliveries where id > $1 and status = 'delivered'";

    @Override
    public String name() {
        return "provider";
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        List<String> usual = endpoints(s);
        usual.forEach(endpoint -> patch(s, endpoint, "disabled"));
        String own = call(
                        s,
                        post(s, "/webhook-endpoints", "{\"url\":\"http://127.0.0.1:" + s.readOnlyPort() + "/read\"}"))
                .getString("endpointId");
        try {
            int payments = (int) Math.max(2_000, s.measured().toSeconds() * 2_000);
            rate(s, payments);
            List<Double> rounds = new ArrayList<>();
            for (int round = 0; round < s.rounds(); round++) {
                rounds.add(rate(s, payments));
            }
            return List.of(Measurement.plain(name(), "payments made, paid, reported and recorded", "1/s", rounds)
                    .aimingAt(">= 2,000/s"));
        } finally {
            patch(s, own, "disabled");
            usual.forEach(endpoint -> patch(s, endpoint, "enabled"));
        }
    }

    private static double rate(Surroundings s, int payments) {
        String prefix = "provider-" + UUID.randomUUID() + "-";
        Pool pool = s.database("gateway");
        long before = number(pool, "select coalesce(max(id), 0) from deliveries", Tuple.tuple());
        long start = System.nanoTime();
        call(
                s,
                post(
                        s,
                        "/simulator/load",
                        "{\"payments\":" + payments + ",\"ratePerSecond\":50000,\"orderPrefix\":\"" + prefix + "\"}"));
        // The truth's own count looks at every attempt and would take a quarter of the machine from what it counts.
        while (number(pool, DELIVERED, Tuple.of(before)) < payments) {
            if (System.nanoTime() > start + LIMIT.toNanos()) {
                throw new IllegalStateException("not everything was delivered within " + LIMIT);
            }
            LockSupport.parkNanos(Duration.ofMillis(250).toNanos());
        }
        double rate = payments / ((System.nanoTime() - start) / 1e9);
        Surroundings.await(pool.close());
        Call summary = Call.get(
                s.suite().gatewayPort(),
                "/simulator/truth/summary?prefix=" + prefix,
                s.suite().gateway());
        int delivered = call(s, summary).getInteger("delivered");
        if (delivered != payments) {
            throw new IllegalStateException(delivered + " of " + payments + " payments were reported");
        }
        return rate;
    }

    private static long number(Pool pool, String query, Tuple values) {
        return Surroundings.await(pool.preparedQuery(query).execute(values))
                .iterator()
                .next()
                .getLong(0);
    }

    private static List<String> endpoints(Surroundings s) {
        JsonArray data = call(
                        s,
                        Call.get(
                                s.suite().gatewayPort(),
                                "/webhook-endpoints",
                                s.suite().gateway()))
                .getJsonArray("data");
        return data.stream()
                .map(endpoint -> ((JsonObject) endpoint).getString("endpointId"))
                .toList();
    }

    private static void patch(Surroundings s, String endpoint, String status) {
        call(
                s,
                Call.patch(
                        s.suite().gatewayPort(),
                        "/webhook-endpoints/" + endpoint,
                        s.suite().gateway(),
                        Buffer.buffer("{\"status\":\"" + status + "\"}")));
    }

    private static Call post(Surroundings s, String path, String body) {
        return Call.post(s.suite().gatewayPort(), path, s.suite().gateway(), Buffer.buffer(body));
    }

    private static JsonObject call(Surroundings s, Call call) {
        return Surroundings.await(Calls.json(s, call)).json();
    }
}
