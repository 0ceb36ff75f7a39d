package dev.bellhop.prove;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * What is there after the run, each thing read where it is kept: the provider's truth, order-service's tables, the
 * topics, the logs.
 *
 * @param asked how often the provider was asked about an order that it knows, counted after {@code orders} was read
 */
record Evidence(
        Map<String, Truth> truths,
        Map<String, OrderState> orders,
        Map<String, Long> asked,
        List<Step> settled,
        List<Step> history,
        Map<String, InboxEntry> inbox,
        List<ConsumerRecord<String, byte[]>> payments,
        List<ConsumerRecord<String, byte[]>> deadLetters,
        List<ConsumerRecord<String, byte[]>> announcements,
        long outbox,
        List<String> leaks) {

    /** What the provider knows of an order. */
    record Truth(String finalState, long paid, long refunded, List<EventTruth> events) {}

    /** What became of an event at the provider. */
    record EventTruth(String eventId, long acknowledged, long pending, Set<String> faults) {

        /** Nobody has taken it, and it is not sent any more. */
        boolean isLost() {
            return acknowledged == 0 && pending == 0;
        }
    }

    /** What order-service says of an order. */
    record OrderState(String status, long captured, long refunded, Instant createdAt, @Nullable Instant expiredAt) {

        /** A payment for an order that is no more is for a person to look at. */
        boolean expiredBefore(@Nullable Instant paidAt) {
            return expiredAt != null && paidAt != null && expiredAt.isBefore(paidAt);
        }
    }

    /** A line of an order's history. */
    record Step(String orderId, long version, Instant at, String to, String cause, @Nullable String eventId) {}

    /** What became of an event. */
    record InboxEntry(String orderId, String outcome) {}

    /**
     * Much may still happen meanwhile: what was acknowledged, in {@code reading}, is read before what was published, what was
     * made before what was announced, and once more after it, and what had expired before how often the provider was asked.
     */
    static Evidence collect(Suite suite, Api api, Reading reading) {
        String kafka = suite.stack().bootstrapServers();
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "")) {
            List<Step> settled = history(connection);
            long outbox = whatStaysIn(connection);
            List<ConsumerRecord<String, byte[]>> payments = Topic.read(kafka, Topics.PAYMENTS);
            List<ConsumerRecord<String, byte[]>> deadLetters = Topic.read(kafka, Topics.PAYMENTS_DEAD_LETTERS);
            List<ConsumerRecord<String, byte[]>> announcements = Topic.read(kafka, Topics.ORDERS);
            List<ConsumerRecord<String, byte[]>> rejected = Topic.read(kafka, Topics.REJECTED);
            return new Evidence(
                    reading.truths(),
                    reading.orders(),
                    asked(api),
                    settled,
                    history(connection),
                    inbox(connection),
                    payments,
                    deadLetters,
                    announcements,
                    outbox,
                    leaks(
                            suite,
                            Stream.of(payments, deadLetters, announcements, rejected)
                                    .flatMap(List::stream)));
        } catch (SQLException e) {
            throw new IllegalStateException("order-service's tables cannot be read", e);
        }
    }

    /** How many records the relay leaves in the outbox, given time. */
    private static long whatStaysIn(Connection connection) throws SQLException {
        long left = count(connection, "select count(*) from outbox");
        for (int i = 0; i < 50 && left > 0; i++) {
            Breaker.pause(Duration.ofMillis(200));
            left = count(connection, "select count(*) from outbox");
        }
        return left;
    }

    static Map<String, Truth> truths(Api api) {
        Map<String, Truth> truths = new HashMap<>();
        told(api, truth -> truths.put(truth.path("orderId").asText(), truth(truth)));
        return truths;
    }

    private static Map<String, Long> asked(Api api) {
        Map<String, Long> asked = new HashMap<>();
        told(
                api,
                truth -> asked.put(
                        truth.path("orderId").asText(),
                        truth.path("statusQueries").asLong()));
        return asked;
    }

    private static void told(Api api, Consumer<JsonNode> each) {
        String cursor = "";
        do {
            Http.Answer answer = api.provider("GET", "/simulator/truth?limit=100" + cursor, "", "");
            if (answer.status() != 200) {
                throw new IllegalStateException("the provider does not tell the truth: " + answer.status());
            }
            answer.json().path("data").forEach(each);
            JsonNode next = answer.json().path("nextCursor");
            cursor = next.isTextual() ? "&cursor=" + next.asText() : "";
        } while (!cursor.isEmpty());
    }

    private static Truth truth(JsonNode json) {
        List<EventTruth> events = new ArrayList<>();
        for (JsonNode event : json.path("events")) {
            Set<String> faults = new HashSet<>();
            event.path("faults").fieldNames().forEachRemaining(faults::add);
            events.add(new EventTruth(
                    event.path("eventId").asText(),
                    event.path("acknowledged").asLong(),
                    event.path("pending").asLong(),
                    faults));
        }
        return new Truth(
                json.path("finalState").asText(),
                json.path("paid").asLong(),
                json.path("refunded").asLong(),
                events);
    }

    static Map<String, OrderState> orders(Connection connection) throws SQLException {
        Map<String, OrderState> orders = new HashMap<>();
        String all =
                """
                select order_id, status, captured, refunded, created_at,
                    (select min(at) from order_history h where h.order_id = o.order_id and to_status = 'Expired')
                from orders o""";
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(all)) {
            while (row.next()) {
                orders.put(
                        row.getString(1),
                        new OrderState(
                                row.getString(2),
                                row.getLong(3),
                                row.getLong(4),
                                row.getTimestamp(5).toInstant(),
                                row.getTimestamp(6) == null
                                        ? null
                                        : row.getTimestamp(6).toInstant()));
            }
        }
        return orders;
    }

    private static List<Step> history(Connection connection) throws SQLException {
        List<Step> history = new ArrayList<>();
        String all = "select order_id, version, at, to_status, cause, event_id from order_history order by 1, 2";
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(all)) {
            while (row.next()) {
                history.add(new Step(
                        row.getString(1),
                        row.getLong(2),
                        row.getTimestamp(3).toInstant(),
                        row.getString(4),
                        row.getString(5),
                        row.getString(6)));
            }
        }
        return history;
    }

    private static Map<String, InboxEntry> inbox(Connection connection) throws SQLException {
        Map<String, InboxEntry> inbox = new HashMap<>();
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select event_id, order_id, outcome from inbox")) {
            while (row.next()) {
                inbox.put(row.getString(1), new InboxEntry(row.getString(2), row.getString(3)));
            }
        }
        return inbox;
    }

    static long count(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Where a secret of this run stands although it must not; never the secret itself. */
    private static List<String> leaks(Suite suite, Stream<ConsumerRecord<String, byte[]>> records) {
        Map<String, String> secrets = Map.of(
                "the API key", suite.apiKey(),
                "the operator's key", suite.operatorKey(),
                "the provider's key", suite.gatewayKey(),
                "the signing secret", suite.webhookSecret().substring("whsec_".length()));
        List<String> leaks = new ArrayList<>();
        for (Path log : logs(suite)) {
            find(secrets, text(log), "the log " + log.getFileName(), leaks);
        }
        for (Service service : Service.values()) {
            Http.Answer metrics =
                    Api.send("GET", suite.management(service).resolve("/q/metrics"), Map.of(), new byte[0]);
            find(secrets, metrics.body(), "the metrics of " + service, leaks);
        }
        records.forEach(record -> {
            StringBuilder all = new StringBuilder(new String(record.value(), StandardCharsets.UTF_8));
            record.headers()
                    .forEach(header -> all.append(' ').append(new String(header.value(), StandardCharsets.UTF_8)));
            find(secrets, all.toString(), "a record of " + record.topic(), leaks);
        });
        return leaks;
    }

    private static void find(Map<String, String> secrets, String text, String where, List<String> leaks) {
        secrets.forEach((name, secret) -> {
            if (text.contains(secret)) {
                leaks.add(name + " stands in " + where);
            }
        });
    }

    private static List<Path> logs(Suite suite) {
        try (Stream<Path> logs = Files.list(suite.plan().folder().resolve("logs"))) {
            return logs.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path log) {
        try {
            return Files.readString(log, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Events that are on the payments topic. */
    Set<String> published() {
        Set<String> ids = new HashSet<>();
        payments.forEach(record -> ids.add(Topic.header(record, EventHeaders.CE_ID)));
        return ids;
    }
}
