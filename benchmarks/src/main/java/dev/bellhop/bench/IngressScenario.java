package dev.bellhop.bench;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.LongFunction;

/**
 * How fast verified webhooks are accepted with {@code acks=all}, against an endpoint of the same service that only
 * reads the body, at 512 and at 64 connections, and against a raw producer; and how long an acknowledgement takes at half of what saturates it.
 */
final class IngressScenario implements Scenario {

    /** As many as the virtual machines take to compile what a delivery consists of: later rounds are no faster. */
    private static final int WARM_UPS = 2;

    @Override
    public String name() {
        return "ingress";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws InterruptedException {
        List<Measurement> measurements = new ArrayList<>();
        LongFunction<byte[]> small = IngressScenario::body;
        for (int round = 0; round < WARM_UPS; round++) {
            saturate(s, 512, signed(s, s.readOnlyPort(), "/read", small));
            saturate(s, 512, signed(s, small));
        }
        measurements.add(compared(s, 64, "525 bytes", small).aimingAt("ratio >= 0.4"));
        Measurement many = compared(s, 512, "525 bytes", small).aimingAt("ratio >= 0.75");
        measurements.add(many);
        measurements.add(againstTheProducer(s, many));
        measurements.add(compared(s, 512, "GitHub's sizes, 0.9 to 27 kB", new GitHubMix()::body));
        measurements.addAll(latency(s, many.value() / 2));
        return measurements;
    }

    private Measurement compared(Surroundings s, int connections, String bodies, LongFunction<byte[]> body) {
        List<Double> accepted = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        for (int round = 0; round < s.rounds(); round++) {
            // Both get the very same requests, so that the driver's work is the same.
            bare.add(rateOf(202, saturate(s, connections, signed(s, s.readOnlyPort(), "/read", body)), s));
            accepted.add(rateOf(202, saturate(s, connections, signed(s, body)), s));
        }
        return Measurement.compared(
                name(),
                "verified and in Kafka (acks=all), " + connections + " connections, " + bodies,
                "1/s",
                accepted,
                "an endpoint of the same service that reads the body and answers 202",
                bare);
    }

    /** Both have as many events under way. */
    private Measurement againstTheProducer(Surroundings s, Measurement accepted) throws InterruptedException {
        List<Double> raw = new ArrayList<>();
        for (int round = 0; round < s.rounds(); round++) {
            raw.add(RawProducer.rate(s, "webhooks.bench", 512, IngressScenario::body));
        }
        return Measurement.compared(
                name(), "the same", "1/s", accepted.rounds(), "a raw producer with 512 records under way", raw);
    }

    private List<Measurement> latency(Surroundings s, double rate) {
        List<Figures> rounds = new ArrayList<>();
        for (int round = 0; round < s.rounds(); round++) {
            rounds.add(Surroundings.await(
                    Load.constant(s.vertx(), 128, rate, s.warmUp(), s.measured(), signed(s, IngressScenario::body))));
        }
        String at = String.format(Locale.ROOT, " at %.0f/s, half of saturation, open loop", rate);
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

    private static Figures saturate(Surroundings s, int connections, LongFunction<Call> calls) {
        return Surroundings.await(Load.saturate(s.vertx(), connections, s.warmUp(), s.measured(), calls));
    }

    private static double rateOf(int status, Figures figures, Surroundings s) {
        return figures.count(status) / (s.measured().toNanos() / 1e9);
    }

    private static LongFunction<Call> signed(Surroundings s, LongFunction<byte[]> body) {
        return signed(s, s.suite().ingressPort(), "/webhooks/bench", body);
    }

    private static LongFunction<Call> signed(Surroundings s, int port, String path, LongFunction<byte[]> body) {
        StandardWebhook webhook = new StandardWebhook(s.secret());
        String run = UUID.randomUUID().toString();
        return n -> webhook.post(port, path, "evt_" + run + n, body.apply(n));
    }

    /** 525 bytes, as in the first trials. */
    private static byte[] body(long n) {
        String text = "{\"event\":\"payment_success\",\"orderId\":\"" + (n % 10_000)
                + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\",\"note\":\"";
        return (text + "x".repeat(Math.max(0, 523 - text.length())) + "\"}").getBytes(StandardCharsets.UTF_8);
    }
}
