package dev.bellhop.prove;

import dev.bellhop.local.Consumed;
import dev.bellhop.local.Http;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.StopOnSignal;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import dev.bellhop.local.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * One run: orders go through a suite that is broken meanwhile; then all is quiet, and every order is compared.
 *
 * @param seed decides the journeys, the provider's faults and the disturbances
 * @param perSecond orders a second
 * @param programs to start instead of the services
 * @param settings over the trial's own
 */
record Trial(
        int orders,
        int perSecond,
        long seed,
        List<Disturbance.Planned> schedule,
        Pace pace,
        Map<Service, Path> programs,
        String settings) {

    Trial {
        schedule = List.copyOf(schedule);
        programs = Map.copyOf(programs);
    }

    /**
     * How fast time goes by in the shop.
     *
     * @param askedAfter the provider is asked about an order that is unpaid for so long
     * @param expiresAfter an unpaid order expires
     * @param patience until all must be quiet after the last disturbance
     */
    record Pace(Duration askedAfter, Duration expiresAfter, Duration patience) {

        /** Much faster than in a shop, and still slow enough for a machine that is busy with being broken. */
        static final Pace NORMAL = new Pace(Duration.ofSeconds(5), Duration.ofSeconds(45), Duration.ofMinutes(4));
    }

    private static final String SETTINGS =
            """
            orders.asking.pause=2S
            gateway.delivery.schedule=PT0S,PT1S,PT2S,PT4S,PT8S,PT8S,PT8S,PT8S,PT8S,PT8S,PT8S,PT8S,PT8S,PT8S
            gateway.delivery.breaker-pause=PT1S
            gateway.delivery.breaker-pause-max=PT4S
            """;

    /** What the provider does wrong. A few of each; the worst are those that only a question can make good. */
    private static final String RULES =
            """
            "rules":[
              {"match":{"probability":0.10},"do":"duplicate","times":2,"together":true},
              {"match":{"probability":0.05},"do":"duplicate","times":3},
              {"match":{"probability":0.08},"do":"delay","by":"PT2S"},
              {"match":{"probability":0.08},"do":"reorder","by":"PT3S"},
              {"match":{"probability":0.03},"do":"drop"},
              {"match":{"probability":0.02},"do":"connection_reset"},
              {"match":{"probability":0.02},"do":"truncated_body"},
              {"match":{"probability":0.02},"do":"bad_signature"},
              {"match":{"probability":0.02},"do":"wrong_key"},
              {"match":{"probability":0.02},"do":"stale_timestamp","by":"PT1H"},
              {"match":{"probability":0.02},"do":"body_changed"},
              {"match":{"event":"payment_success","probability":0.01},"do":"amount_changed"},
              {"match":{"event":"payment_success","probability":0.01},"do":"currency_changed"},
              {"match":{"event":"payment_success","probability":0.01},"do":"unknown_order"},
              {"match":{"probability":0.05},"do":"latency","by":"PT0.3S"},
              {"match":{"probability":0.02},"do":"error","status":502},
              {"match":{"probability":0.02},"do":"response_lost"}
            ]}""";

    /** What came of it. */
    record Outcome(
            Trial trial,
            List<Breaker.Happened> happened,
            Map<String, Instant> paidAt,
            List<Verdict> verdicts,
            Evidence evidence,
            Map<Service, Long> megabytes,
            Instant begin,
            Instant end) {

        boolean kept() {
            return verdicts.stream().allMatch(verdict -> verdict.kept() || verdict.untested());
        }
    }

    /** How far a run is. */
    record Standing(String doing, int placed, int over, int of, int heard) {}

    /** In {@code folder}, which is its own. A signal ends all that runs, even what is frozen, and deletes it. */
    Outcome run(TemporaryFolder folder, Consumer<Standing> progress) throws IOException, InterruptedException {
        PortPlan ports = PortPlan.free();
        try (SlowLink webhookLink = SlowLink.before(ports.httpPort(Service.WEBHOOK_INGRESS));
                SlowLink queryLink = SlowLink.before(ports.httpPort(Service.PAYMENT_GATEWAY))) {
            String provider = "orders.provider.url=http://127.0.0.1:" + queryLink.port() + "\n";
            SuitePlan plan = SuitePlan.of(folder.path(), ports)
                    .with(paced() + provider + settings)
                    .webhooksTo(webhookLink.port())
                    .starting(programs)
                    // None lives long here.
                    .quickToStart();
            Suite suite = new Suite(plan, Progress.SILENT);
            StopOnSignal signal = StopOnSignal.of(suite, folder::delete);
            try (suite) {
                progress.accept(new Standing("starting the suite", 0, 0, orders, 0));
                suite.start();
                return run(suite, webhookLink, queryLink, progress);
            } finally {
                signal.forget();
            }
        }
    }

    String paced() {
        return SETTINGS
                + "orders.asking.delay=" + pace.askedAfter
                + "\norders.asking.expire-after=" + pace.expiresAfter
                + "\nwebhooks.in-flight.deliveries=" + Breaker.ROOM + "\n";
    }

    String plan() {
        return "{\"seed\":" + seed + "," + RULES;
    }

    private Outcome run(Suite suite, SlowLink webhookLink, SlowLink queryLink, Consumer<Standing> progress)
            throws InterruptedException {
        Instant begin = Instant.now();
        Api api = new Api(suite);
        Observation.Log seen = new Observation.Log();
        Webhooks webhooks = new Webhooks(suite.url(Service.WEBHOOK_INGRESS), suite.webhookSecret());
        Breaker breaker = new Breaker(suite, webhookLink, queryLink, api, webhooks, seen);
        Http.Answer planned = api.provider("PUT", "/simulator/plan", "", plan());
        if (planned.status() != 200) {
            throw new IllegalStateException("the provider refuses the plan: " + planned.body());
        }
        try (Traffic traffic = new Traffic(orders, seed, api);
                MemoryWatch memory = new MemoryWatch(suite).start();
                AnnouncementWatch announcements =
                        new AnnouncementWatch(suite.stack().bootstrapServers(), api, seen).start()) {
            Consumer<String> say = doing -> progress.accept(
                    new Standing(doing, traffic.placed(), traffic.over(), orders, announcements.heard()));
            traffic.start(perSecond);
            long start = System.nanoTime();
            for (Disturbance.Planned next : schedule) {
                waitUntil(start + next.at().toNanos(), () -> say.accept("driving"));
                say.accept(next.disturbance().words());
                breaker.run(next);
            }
            Reading reading = waitForQuiet(suite, api, traffic, say);
            stranger(api, traffic, seen);
            say.accept("comparing");
            Evidence evidence = Evidence.collect(suite, api, reading);
            Judge judge = new Judge(
                    traffic.journeys(),
                    webhooks,
                    breaker.poison(),
                    breaker.happened(),
                    seen,
                    memory.mostMegabytes(),
                    pace.askedAfter);
            return new Outcome(
                    this,
                    breaker.happened(),
                    traffic.paidAt(),
                    judge.judge(evidence),
                    evidence,
                    memory.mostMegabytes(),
                    begin,
                    Instant.now());
        }
    }

    private static void waitUntil(long nanoTime, Runnable meanwhile) {
        while (System.nanoTime() < nanoTime) {
            Breaker.pause(Duration.ofMillis(Math.min(200, Math.max(1, (nanoTime - System.nanoTime()) / 1_000_000))));
            meanwhile.run();
        }
    }

    /** Until every order agrees with the truth, nothing is on its way any more, or patience ends. */
    private Reading waitForQuiet(Suite suite, Api api, Traffic traffic, Consumer<String> say)
            throws InterruptedException {
        long deadline = System.nanoTime() + pace.patience.toNanos();
        while (!traffic.isOver() && System.nanoTime() < deadline) {
            say.accept("waiting for the customers");
            Breaker.pause(Duration.ofMillis(200));
        }
        return Reading.settled(() -> read(suite, api), traffic.journeys(), () -> {
            say.accept("waiting for quiet");
            Breaker.pause(Duration.ofSeconds(1));
            return System.nanoTime() < deadline;
        });
    }

    private static Reading read(Suite suite, Api api) throws SQLException, InterruptedException {
        Map<String, Evidence.Truth> truths = Evidence.truths(api);
        boolean pending = truths.values().stream()
                .flatMap(truth -> truth.events().stream())
                .anyMatch(event -> event.pending() > 0);
        boolean underway =
                pending || !Consumed.within(Duration.ofSeconds(2), suite.stack().bootstrapServers());
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "")) {
            underway |= Evidence.count(connection, "select count(*) from outbox") > 0;
            return new Reading(truths, Evidence.orders(connection), underway);
        }
    }

    /** Somebody with a key of his own, who knows the ids of others' orders. */
    private static void stranger(Api api, Traffic traffic, Observation.Log seen) {
        Http.Answer made = api.operate(
                "POST", "/api-keys", "{\"owner\":\"stranger\",\"scopes\":[\"orders:read\",\"orders:write\"]}");
        String key = made.json().path("key").asText();
        traffic.journeys().stream().limit(20).forEach(journey -> {
            int order = api.readAs(key, "/orders/" + journey.orderId()).status();
            int status =
                    api.readAs(key, "/orders/" + journey.orderId() + "/status").status();
            int history =
                    api.readAs(key, "/orders/" + journey.orderId() + "/history").status();
            boolean hidden = order == 404 && status == 404 && history == 404;
            seen.add(Guarantee.G5, hidden, "a stranger asking for " + journey.orderId() + " got " + order);
        });
    }
}
