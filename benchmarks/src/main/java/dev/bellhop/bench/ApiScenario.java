package dev.bellhop.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.LongFunction;

/** Asking for a status and placing an order, against an endpoint that makes one primary-key read, or one insert. */
final class ApiScenario implements Scenario {

    private static final int CONNECTIONS = 64;

    @Override
    public String name() {
        return "api";
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        String orderId = "bench-" + UUID.randomUUID();
        Orders.place(s, orderId);
        return List.of(
                compare(
                        s,
                        "GET /orders/{id}/status",
                        200,
                        n -> Call.get(
                                s.suite().orderPort(),
                                "/orders/" + orderId + "/status",
                                s.suite().client()),
                        "one primary-key read",
                        n -> Call.get(s.barePort(), "/rows/1", MultiMap.caseInsensitiveMultiMap())),
                compare(
                        s,
                        "POST /orders",
                        201,
                        n -> Orders.placing(s.suite(), null),
                        "one insert",
                        n -> Call.post(
                                s.barePort(),
                                "/rows",
                                MultiMap.caseInsensitiveMultiMap(),
                                Buffer.buffer("{\"any\":\"body\"}"))));
    }

    private Measurement compare(
            Surroundings s,
            String what,
            int expected,
            LongFunction<Call> calls,
            String yardstick,
            LongFunction<Call> against) {
        List<Double> ours = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int round = 0; round < s.rounds(); round++) {
            bare.add(saturate(s, against).ratePerSecond());
            Figures figures = saturate(s, calls);
            if (figures.count(expected) < figures.total() * 0.99) {
                throw new IllegalStateException(what + " answered " + figures.answers());
            }
            ours.add(figures.ratePerSecond());
        }
        return Measurement.compared(name(), what + ", " + CONNECTIONS + " connections", "1/s", ours, yardstick, bare);
    }

    private static Figures saturate(Surroundings s, LongFunction<Call> calls) {
        return Surroundings.await(Load.saturate(s.vertx(), CONNECTIONS, s.warmUp(), s.measured(), calls));
    }
}
