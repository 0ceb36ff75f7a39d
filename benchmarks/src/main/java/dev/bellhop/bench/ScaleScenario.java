package dev.bellhop.bench;

import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.function.LongFunction;

/** What a call costs as the tables grow: 1,000, 100,000 and 1,000,000 orders, each with its history. Runs last. */
final class ScaleScenario implements Scenario {

    private static final int[] SIZES = {1_000, 100_000, 1_000_000};
    private static final int CONNECTIONS = 16;
    private static final String FINAL = "{\"status\": \"Delivered\", \"stage\": \"DELIVERED\"}";

    @Override
    public String name() {
        return "scale";
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        String original = "scale-" + UUID.randomUUID();
        Orders.place(s, original);
        Pool pool = s.database("orders");
        try {
            Map<String, Double> small = new LinkedHashMap<>();
            List<Measurement> measurements = new ArrayList<>();
            int there = 0;
            for (int size : SIZES) {
                Orders.copy(pool, original, there + 1, size, FINAL);
                // What a bulk load leaves to be tidied is not what the size costs.
                Surroundings.await(pool.query("vacuum orders, order_history").execute());
                Surroundings.await(pool.query("checkpoint").execute());
                there = size;
                for (Map.Entry<String, LongFunction<Call>> call :
                        calls(s, original, size).entrySet()) {
                    double rate = rate(s, call.getValue());
                    small.putIfAbsent(call.getKey(), rate);
                    measurements.add(Measurement.compared(
                            name(),
                            String.format(Locale.ROOT, "%s with %,d orders", call.getKey(), size),
                            "1/s",
                            List.of(rate),
                            "with 1,000",
                            List.of(small.getOrDefault(call.getKey(), rate))));
                }
            }
            return measurements;
        } finally {
            Surroundings.await(pool.close());
        }
    }

    private static Map<String, LongFunction<Call>> calls(Surroundings s, String original, int size) {
        SplittableRandom random = new SplittableRandom(size);
        Map<String, LongFunction<Call>> calls = new LinkedHashMap<>();
        calls.put(
                "GET /orders/{id}/status",
                n -> client(s, "/orders/" + original + "-" + (1 + random.nextInt(size)) + "/status"));
        calls.put(
                "GET /orders/{id}/history",
                n -> client(s, "/orders/" + original + "-" + (1 + random.nextInt(size)) + "/history"));
        calls.put("GET /orders?limit=20", n -> client(s, "/orders?limit=20"));
        calls.put(
                "GET /orders?customerId=",
                n -> client(s, "/orders?limit=20&customerId=customer-" + random.nextInt(10_000)));
        calls.put("POST /orders", n -> Orders.placing(s.suite(), null));
        return calls;
    }

    private static Call client(Surroundings s, String path) {
        return Call.get(s.suite().orderPort(), path, s.suite().client());
    }

    private static double rate(Surroundings s, LongFunction<Call> calls) {
        return Surroundings.await(Load.saturate(s.vertx(), CONNECTIONS, s.warmUp(), s.measured(), calls))
                .ratePerSecond();
    }
}
