package dev.bellhop.bench;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * A backlog of payment events, applied from a standing start: inbox, ledger, order, history and outbox, against a bare
 * {@code insert … on conflict do nothing} of the same batches over the same driver; and the same changes relayed to
 * {@code orders.events}.
 */
final class ConsumptionScenario implements Scenario {

    private static final int BATCH = 2_000;

    private static final String SOURCE = "payments";
    private static final String TYPE = "payment_success";
    private static final String JSON = "application/json";

    /** As many as the virtual machine takes to compile what the work consists of: later rounds are no faster. */
    private static final int WARM_UPS = 10;

    private static final String PAID =
            "select count(*) from orders where order_id >= $1 and order_id < $2 and status = 'Paid'";
    private static final String STORED = "select count(*) from inbox where event_id = any($1)";
    private static final String BARE =
            """
            insert into bare_inbox (source, event_id, type, order_id, content_type, headers, body, received_at,
                processed_at, outcome, deliveries)
            select source, event_id, type, order_id, content_type, headers, body, received_at, $9::timestamptz, 'applied',
                deliveries
            from unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::bytea[],
                $8::timestamptz[], $10::int[])
                as t(source, event_id, type, order_id, content_type, headers, body, received_at, deliveries)
            on conflict do nothing
            """;
    private static final String CHANGES =
            """
            insert into outbox (order_id, version, type, customer_id, status, previous_status, amount, currency, cause,
                occurred_at)
            select $1 || n % 10000, 2, 'OrderPaid', 'bench', 'Paid', 'Pending', 999, 'USD', 'webhook', now()
            from generate_series(1, $2::int) as n
            """;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @Override
    public String name() {
        return "consumption";
    }

    @Override
    public List<Measurement> run(Surroundings s) throws Exception {
        int events = (int) Math.max(4_000, s.measured().toSeconds() * 4_000);
        List<Double> applied = new ArrayList<>();
        List<Double> relayed = new ArrayList<>();
        List<Double> alone = new ArrayList<>();
        List<Double> bare = new ArrayList<>();
        double first;
        try (KafkaView kafka = new KafkaView(s.suite().kafka())) {
            List<Double> young = new ArrayList<>();
            for (int round = 0; round < WARM_UPS; round++) {
                backlog(s, kafka, events, young, new ArrayList<>());
            }
            first = young.get(0);
            for (int round = 0; round < s.rounds(); round++) {
                bare.add(insertBare(s, events));
                backlog(s, kafka, events, applied, relayed);
                alone.add(relay(s, kafka, events));
            }
        }
        return List.of(
                Measurement.compared(
                                name(),
                                "events applied (inbox, ledger, order, history, outbox)",
                                "1/s",
                                applied,
                                "insert … on conflict do nothing of the same rows, into a table like the inbox alone",
                                bare)
                        .aimingAt("ratio >= 0.4, >= 15,000/s"),
                Measurement.plain(
                        name(), "the same by a virtual machine that has applied none before", "1/s", List.of(first)),
                Measurement.plain(name(), "order events published, from the same start", "1/s", relayed),
                Measurement.plain(name(), "order events published, while no events come in", "1/s", alone)
                        .aimingAt(">= 10,000/s"));
    }

    private static long count(Pool pool, String query, Tuple values) {
        return Surroundings.await(pool.preparedQuery(query).execute(values))
                .iterator()
                .next()
                .getLong(0);
    }

    private static void backlog(Surroundings s, KafkaView kafka, int events, List<Double> applied, List<Double> relayed)
            throws Exception {
        String original = "load-" + UUID.randomUUID();
        Orders.place(s, original);
        String prefix = original + "-";
        Pool pool = s.database("orders");
        Orders.copy(pool, original, 1, events, "{}");
        awaitTrue(() -> count(pool, "select count(*) from outbox", Tuple.tuple()) == 0);
        long published = kafka.end(Topics.ORDERS);
        signal(s, "STOP");
        String[] last;
        try {
            last = produce(s, prefix, events);
        } finally {
            signal(s, "CONT");
        }
        long start = System.nanoTime();
        // Whoever has stored the last event of each partition has applied all: a few looks at an index, unlike a count.
        // Offsets are committed up to a second later.
        awaitTrue(() -> count(pool, STORED, Tuple.of((Object) last)) == last.length);
        applied.add(events / ((System.nanoTime() - start) / 1e9));
        awaitTrue(() -> kafka.end(Topics.ORDERS) >= published + events);
        relayed.add(events / ((System.nanoTime() - start) / 1e9));
        awaitTrue(() -> count(pool, PAID, Tuple.of(prefix, prefix + "~")) == events);
        Surroundings.await(pool.close());
    }

    /** A backlog in the outbox alone. */
    private static double relay(Surroundings s, KafkaView kafka, int changes)
            throws ExecutionException, InterruptedException {
        Pool pool = s.database("orders");
        long published = kafka.end(Topics.ORDERS);
        Surroundings.await(pool.preparedQuery(CHANGES).execute(Tuple.of("relay-" + UUID.randomUUID() + "-", changes)));
        long start = System.nanoTime();
        Surroundings.await(pool.query("notify outbox").execute());
        awaitTrue(() -> kafka.end(Topics.ORDERS) >= published + changes);
        double rate = changes / ((System.nanoTime() - start) / 1e9);
        Surroundings.await(pool.close());
        return rate;
    }

    /** The last event of each partition. */
    private static String[] produce(Surroundings s, String prefix, int events)
            throws ExecutionException, InterruptedException {
        Map<String, Object> settings =
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, s.suite().kafka(), ProducerConfig.ACKS_CONFIG, "all");
        try (KafkaProducer<String, byte[]> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            List<Future<RecordMetadata>> acknowledged = new ArrayList<>();
            for (int n = 1; n <= events; n++) {
                acknowledged.add(producer.send(record(prefix + n)));
            }
            Map<Integer, String> last = new HashMap<>();
            for (int n = 1; n <= events; n++) {
                last.put(acknowledged.get(n - 1).get().partition(), eventId(prefix + n));
            }
            return last.values().toArray(String[]::new);
        }
    }

    private static String eventId(String orderId) {
        return "evt_" + orderId;
    }

    private static ProducerRecord<String, byte[]> record(String orderId) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PAYMENTS, orderId, body(orderId));
        headers(orderId).forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
        return record;
    }

    private static Map<String, String> headers(String orderId) {
        return Map.of(
                EventHeaders.CE_SPEC_VERSION,
                "1.0",
                EventHeaders.CE_ID,
                eventId(orderId),
                EventHeaders.CE_SOURCE,
                SOURCE,
                EventHeaders.CE_TYPE,
                TYPE,
                EventHeaders.CE_TIME,
                Instant.now().toString(),
                EventHeaders.CONTENT_TYPE,
                JSON);
    }

    private static byte[] body(String orderId) {
        return ("{\"event\":\"payment_success\",\"orderId\":\"" + orderId
                        + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\"}")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The same rows into a table like the inbox, its indexes included, and into nothing else. */
    private static double insertBare(Surroundings s, int events) {
        Pool pool = PgBuilder.pool()
                .connectingTo(
                        PgConnectOptions.fromUri(s.suite().postgres("orders")).setCachePreparedStatements(true))
                .with(new PoolOptions().setMaxSize(1))
                .using(s.vertx())
                .build();
        Surroundings.await(pool.query("create table if not exists bare_inbox (like inbox including all)")
                .execute());
        String run = UUID.randomUUID() + "-";
        List<Tuple> batches = new ArrayList<>();
        for (int from = 0; from < events; from += BATCH) {
            batches.add(rows(IntStream.range(from, Math.min(events, from + BATCH))
                    .mapToObj(n -> run + n)
                    .toList()));
        }
        long start = System.nanoTime();
        batches.forEach(batch -> Surroundings.await(pool.preparedQuery(BARE).execute(batch)));
        double rate = events / ((System.nanoTime() - start) / 1e9);
        Surroundings.await(pool.close());
        return rate;
    }

    /** As order-service has them, of the same events. */
    private static Tuple rows(List<String> orders) {
        OffsetDateTime now = OffsetDateTime.now(ZoneOffset.UTC);
        return Tuple.tuple(List.of(
                texts(orders, order -> SOURCE),
                texts(orders, ConsumptionScenario::eventId),
                texts(orders, order -> TYPE),
                texts(orders, order -> order),
                texts(orders, order -> JSON),
                texts(orders, order -> JsonObject.mapFrom(headers(order)).encode()),
                orders.stream().map(order -> Buffer.buffer(body(order))).toArray(Buffer[]::new),
                orders.stream().map(order -> now).toArray(OffsetDateTime[]::new),
                now,
                orders.stream().map(order -> 1).toArray(Integer[]::new)));
    }

    private static String[] texts(List<String> orders, UnaryOperator<String> text) {
        return orders.stream().map(text).toArray(String[]::new);
    }

    private interface Condition {
        boolean holds() throws ExecutionException, InterruptedException;
    }

    private static void awaitTrue(Condition condition) throws ExecutionException, InterruptedException {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("the backlog was not worked off within " + LIMIT);
            }
            LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
        }
    }

    private static void signal(Surroundings s, String signal) throws IOException, InterruptedException {
        String pid = String.valueOf(s.suite().pid("orderService"));
        new ProcessBuilder("kill", "-" + signal, pid).start().waitFor();
    }
}
