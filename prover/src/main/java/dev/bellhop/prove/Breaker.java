package dev.bellhop.prove;

import dev.bellhop.contract.Topics;
import dev.bellhop.local.Http;
import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.Service;
import dev.bellhop.local.StartFailure;
import dev.bellhop.local.Suite;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Breaks what the schedule says, looks at what the rest does meanwhile, and mends it. */
final class Breaker {

    private static final Duration REFUSAL = Duration.ofMillis(2_500);

    /** Sooner than the ingress gives Kafka up. */
    private static final Duration EARLY = Duration.ofSeconds(1);

    private static final int MANY = 20;
    private static final int FLOOD = 3_000;
    private static final int FLOOD_AT_ONCE = 256;

    /** Webhooks that the ingress lets in at a time: fewer than come in a flood, more than in the traffic of a trial. */
    static final int ROOM = 128;

    private final Suite suite;
    private final SlowLink webhookLink;
    private final SlowLink queryLink;
    private final Api api;
    private final Webhooks webhooks;
    private final Observation.Log seen;
    private final AtomicInteger numbers = new AtomicInteger();
    private final Set<String> poison = ConcurrentHashMap.newKeySet();
    private final List<Happened> happened = Collections.synchronizedList(new ArrayList<>());

    /** When something was broken, and when it was mended. */
    record Happened(Disturbance disturbance, Instant from, Instant to) {}

    Breaker(Suite suite, SlowLink webhookLink, SlowLink queryLink, Api api, Webhooks webhooks, Observation.Log seen) {
        this.suite = suite;
        this.webhookLink = webhookLink;
        this.queryLink = queryLink;
        this.api = api;
        this.webhooks = webhooks;
        this.seen = seen;
    }

    /** Keys of the poison records so far. */
    Set<String> poison() {
        return poison;
    }

    List<Happened> happened() {
        return List.copyOf(happened);
    }

    /** Blocks until it is mended. */
    void run(Disturbance.Planned planned) {
        if (suite.isStopping()) {
            throw new StartFailure("stopped before " + planned.disturbance().words());
        }
        Instant from = Instant.now();
        Duration lasts = planned.lasts();
        switch (planned.disturbance()) {
            case KILL_ORDER_SERVICE -> killed(suite.process(Service.ORDER_SERVICE));
            case KILL_INGRESS -> killed(suite.process(Service.WEBHOOK_INGRESS));
            case KILL_PROVIDER -> killed(suite.process(Service.PAYMENT_GATEWAY));
            case KILL_KAFKA -> killed(suite.stack().kafka());
            case KILL_POSTGRES -> postgresKilled();
            case FREEZE_ORDER_SERVICE -> frozen(suite.process(Service.ORDER_SERVICE), lasts);
            case FREEZE_INGRESS -> frozen(suite.process(Service.WEBHOOK_INGRESS), lasts);
            case FREEZE_KAFKA -> {
                suite.stack().kafka().freeze();
                withoutKafka();
                pause(lasts);
                suite.stack().kafka().thaw();
            }
            case FREEZE_POSTGRES -> postgresFrozen(lasts);
            case STOP_KAFKA -> {
                suite.stack().kafka().stop();
                withoutKafka();
                pause(lasts);
                suite.start(suite.stack().kafka());
            }
            case STOP_POSTGRES -> postgresAway(lasts);
            case STOP_PROVIDER -> {
                suite.process(Service.PAYMENT_GATEWAY).stop();
                withoutProvider();
                pause(lasts);
                suite.start(suite.process(Service.PAYMENT_GATEWAY));
            }
            case SLOW_NETWORK -> slow(lasts);
            case ADVANCE_CLOCK -> api.provider("POST", "/simulator/clock/advance", "", "{\"by\":\"PT10S\"}");
            case POISON -> poisoned();
            case FORGERIES -> forged();
            case REPLAYS -> replayed();
            case FLOOD -> flooded();
        }
        happened.add(new Happened(planned.disturbance(), from, Instant.now()));
    }

    private void killed(LocalProcess process) {
        process.kill();
        suite.start(process);
    }

    private static void frozen(LocalProcess process, Duration lasts) {
        process.freeze();
        pause(lasts);
        process.thaw();
    }

    /** The server dies with all of its processes; its holder ends with it. */
    private void postgresKilled() {
        suite.stack().postgresProcesses().forEach(ProcessHandle::destroyForcibly);
        suite.stack().postgres().kill();
        suite.start(suite.stack().postgres());
    }

    private void postgresFrozen(Duration lasts) {
        suite.stack().freezePostgres();
        pause(lasts);
        suite.stack().postgres().thaw();
    }

    private void withoutKafka() {
        String orderId = newId("without-kafka");
        Http.Answer placed = api.place(orderId, "article");
        seen.add(Guarantee.G7, placed.status() == 201, "placing an order without Kafka gave " + placed.status());
        String eventId = newId("evt");
        long begin = System.nanoTime();
        Http.Answer told = webhooks.tell(eventId, Webhooks.success(orderId, eventId));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        boolean refused = told.status() == 503
                && told.headers().firstValue("Retry-After").isPresent()
                && took.compareTo(REFUSAL) < 0;
        seen.add(
                Guarantee.G7,
                refused,
                "a webhook without Kafka gave " + told.status() + " in " + took.toMillis() + " ms");
        Http.Answer read = api.read("/orders/" + orderId + "/status");
        seen.add(Guarantee.G7, read.status() == 200, "reading an order without Kafka gave " + read.status());
    }

    /** The services' processes must be the same afterwards, and what came meanwhile must not be given up. */
    private void postgresAway(Duration lasts) {
        String orderId = newId("without-postgres");
        retried(() -> api.place(orderId, "article").status() == 201);
        long before = suite.process(Service.ORDER_SERVICE).pid();
        suite.stack().postgres().stop();
        String eventId = newId("evt");
        Http.Answer told = webhooks.tell(eventId, Webhooks.success(orderId, eventId));
        seen.add(Guarantee.G8, told.status() == 202, "a webhook without PostgreSQL gave " + told.status());
        pause(lasts);
        suite.start(suite.stack().postgres());
        boolean paid =
                retried(() -> api.read("/orders/" + orderId + "/status").body().contains("\"Paid\""));
        seen.add(Guarantee.G8, paid, "an event that came without PostgreSQL was applied " + (paid ? "later" : "never"));
        boolean same = suite.process(Service.ORDER_SERVICE).isAlive()
                && suite.process(Service.ORDER_SERVICE).pid() == before;
        seen.add(Guarantee.G8, same, "order-service " + (same ? "lived on" : "ended") + " without PostgreSQL");
    }

    private void withoutProvider() {
        String orderId = newId("without-provider");
        Http.Answer placed = api.place(orderId, "article");
        seen.add(Guarantee.G9, placed.status() == 201, "placing an order without the provider gave " + placed.status());
        Http.Answer payment = api.shop("POST", "/orders/" + orderId + "/payment", "", "");
        boolean refused = payment.status() == 503
                && payment.headers().firstValue("Retry-After").isPresent();
        seen.add(Guarantee.G9, refused, "asking for a payment without the provider gave " + payment.status());
        Http.Answer cancelled = api.shop("POST", "/orders/" + orderId + "/cancel", "", "");
        seen.add(Guarantee.G9, cancelled.status() == 200, "cancelling without the provider gave " + cancelled.status());
    }

    private void slow(Duration lasts) {
        webhookLink.delay(200);
        queryLink.delay(200);
        pause(lasts);
        webhookLink.delay(0);
        queryLink.delay(0);
    }

    /** Behind each poison comes a sound event of the same key, so in the same partition. */
    private void poisoned() {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", suite.stack().bootstrapServers(), "acks", "all"),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < 3; i++) {
                String orderId = newId("poison");
                retried(() -> api.place(orderId, "article").status() == 201);
                producer.send(new ProducerRecord<>(Topics.PAYMENTS, orderId, new byte[] {'{', (byte) 0xff, 0}))
                        .get(20, TimeUnit.SECONDS);
                poison.add(orderId);
                String eventId = newId("evt");
                String body = Webhooks.success(orderId, eventId);
                retried(() -> webhooks.tell(eventId, body).status() == 202);
                boolean paid = retried(
                        () -> api.read("/orders/" + orderId + "/status").body().contains("\"Paid\""));
                seen.add(
                        Guarantee.G11,
                        paid,
                        "the event behind a poison record was applied " + (paid ? "" : "too late"));
                if (!paid) {
                    // Behind the others it would be no sooner.
                    return;
                }
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the broker does not take the prover's own records", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void forged() {
        for (int i = 0; i < MANY; i++) {
            String orderId = newId("forged");
            retried(() -> api.place(orderId, "article").status() == 201);
            String eventId = newId("forged-evt");
            Http.Answer answer = webhooks.forge(eventId, Webhooks.success(orderId, eventId));
            seen.add(Guarantee.G5, answer.status() == 401 || answer.status() == 0, "a forgery gave " + answer.status());
        }
    }

    /** A stranger who has seen a delivery sends it again: it is authentic, and must do nothing. */
    private void replayed() {
        String orderId = newId("replayed");
        retried(() -> api.place(orderId, "article").status() == 201);
        String eventId = newId("evt");
        String body = Webhooks.success(orderId, eventId);
        atOnce(MANY, MANY, () -> webhooks.tell(eventId, body).status());
        retried(() -> webhooks.tell(eventId, body).status() == 202);
        boolean paid =
                retried(() -> api.read("/orders/" + orderId + "/status").body().contains("\"Paid\""));
        Http.Answer history = api.read("/orders/" + orderId + "/history");
        int changes = history.status() == 200 ? history.json().path("data").size() : 2;
        seen.add(Guarantee.G2, paid && changes == 2, "an event sent 21 times made " + (changes - 1) + " change");
    }

    private void flooded() {
        String orderId = newId("flood");
        String eventId = newId("evt");
        String body = Webhooks.success(orderId, eventId);
        crowded(eventId, body);
        List<Integer> answers =
                atOnce(FLOOD, FLOOD_AT_ONCE, () -> webhooks.tell(eventId, body).status());
        List<Integer> wrong = answers.stream()
                .filter(status -> status != 202 && status != 429 && status != 503)
                .distinct()
                .toList();
        seen.add(Guarantee.G12, wrong.isEmpty(), "a flood was answered " + (wrong.isEmpty() ? "well" : "by " + wrong));
        retried(() -> api.place(orderId, "article").status() == 201);
    }

    /** While Kafka is frozen, whoever is let in stays, and is answered when the ingress has waited long enough. */
    private void crowded(String eventId, String body) {
        suite.stack().kafka().freeze();
        AtomicInteger early = new AtomicInteger();
        atOnce(FLOOD_AT_ONCE, FLOOD_AT_ONCE, () -> {
            long begin = System.nanoTime();
            int status = webhooks.tell(eventId, body).status();
            if ((status == 429 || status == 503) && System.nanoTime() - begin < EARLY.toNanos()) {
                early.incrementAndGet();
            }
            return status;
        });
        suite.stack().kafka().thaw();
        seen.add(
                Guarantee.G12,
                early.get() > 0,
                "of " + FLOOD_AT_ONCE + " webhooks at once, with room for " + ROOM + ", " + early
                        + " were refused early");
    }

    private interface Call {
        int status();
    }

    private static List<Integer> atOnce(int calls, int threads, Call call) {
        var pool = new ForkJoinPool(threads);
        try {
            return pool.submit(() -> IntStream.range(0, calls)
                            .parallel()
                            .mapToObj(i -> call.status())
                            .toList())
                    .get(2, TimeUnit.MINUTES);
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("the flood does not end", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            pool.shutdownNow();
        }
    }

    private String newId(String what) {
        return what + "-" + numbers.incrementAndGet();
    }

    private interface Condition {
        boolean holds();
    }

    /** For up to half a minute. */
    private static boolean retried(Condition condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            if (condition.holds()) {
                return true;
            }
            pause(Duration.ofMillis(100));
        }
        return false;
    }

    static void pause(Duration duration) {
        try {
            TimeUnit.MILLISECONDS.sleep(duration.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
