package dev.bellhop.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * How fast verified webhooks are accepted with {@code acks=all}, against an endpoint that only reads the body, at 512
 * and at 64 connections; and how long an acknowledgement takes at half of what saturates it.
 */
final class IngressScenario implements Scenario {

    @Override
    public String name() {
        return "ingress";
    }

    @Override
    public List<Measurement> run(Surroundings s) {
        List<Measurement> measurements = new ArrayList<>();
        double saturation = 0;
        for (int connections : new int[] {64, 512}) {
            List<Double> accepted = new ArrayList<>();
            List<Double> bare = new ArrayList<>();
            for (int round = 0; round < s.rounds(); round++) {
                bare.add(saturate(s, connections, n -> bare(s)).ratePerSecond());
                accepted.add(rateOf(202, saturate(s, connections, signed(s)), s));
            }
            saturation = Measurement.median(accepted);
            measurements.add(Measurement.compared(
                            name(),
                            "verified and in Kafka (acks=all), " + connections + " connections",
                            "1/s",
                            accepted,
                            "reads the body and answers 202",
                            bare)
                    .aimingAt(connections == 64 ? "ratio >= 0.4" : "ratio >= 0.75"));
        }
        measurements.addAll(latency(s, saturation / 2));
        return measurements;
    }

    private List<Measurement> latency(Surroundings s, double rate) {
        List<Figures> rounds = new ArrayList<>();
        for (int round = 0; round < s.rounds(); round++) {
            rounds.add(Surroundings.await(Load.constant(s.vertx(), 128, rate, s.warmUp(), s.measured(), signed(s))));
        }
        String at = String.format(" at %.0f/s, half of saturation, open loop", rate);
        return List.of(
                Measurement.plain(
                        name(),
                        "p50" + at,
                        "ms",
                        rounds.stream().map(Figures::p50Millis).toList()),
                Measurement.plain(
                                name(),
                                "p99" + at,
                                "ms",
                                rounds.stream().map(Figures::p99Millis).toList())
                        .aimingAt("<= 10 ms"),
                Measurement.plain(
                        name(),
                        "p99.9" + at,
                        "ms",
                        rounds.stream().map(Figures::p999Millis).toList()));
    }

    private static Figures saturate(Surroundings s, int connections, java.util.function.LongFunction<Call> calls) {
        return Surroundings.await(Load.saturate(s.vertx(), connections, s.warmUp(), s.measured(), calls));
    }

    private static double rateOf(int status, Figures figures, Surroundings s) {
        return figures.count(status) / (s.measured().toNanos() / 1e9);
    }

    private static Call bare(Surroundings s) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", "application/json");
        return Call.post(s.barePort(), "/read", headers, Buffer.buffer(body(0)));
    }

    private static java.util.function.LongFunction<Call> signed(Surroundings s) {
        StandardWebhook webhook = new StandardWebhook(s.secret());
        String run = UUID.randomUUID().toString();
        return n -> webhook.post(s.suite().ingressPort(), "/webhooks/bench", "evt_" + run + n, body(n));
    }

    /** 525 bytes, as in the first trials. */
    private static byte[] body(long n) {
        String text = "{\"event\":\"payment_success\",\"orderId\":\"" + (n % 10_000)
                + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\",\"note\":\"";
        return (text + "x".repeat(Math.max(0, 523 - text.length())) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
