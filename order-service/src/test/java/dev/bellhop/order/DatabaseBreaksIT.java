package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.bytes;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.event;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.operator;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.record;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.status;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.PartedPostgres;
import dev.bellhop.testing.SharedStack;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections to the database break, and the database gives up what it was asked for. */
@QuarkusTest
@TestProfile(PartedProfile.class)
class DatabaseBreaksIT {

    /** More than the pool has connections. */
    private static final int TIMES = 25;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void the_database_works() throws SQLException {
        PartedPostgres.comeBack();
        tell("drop function if exists trouble cascade; drop sequence if exists tries");
    }

    @Test
    void an_order_whose_commit_was_not_answered_is_placed_once() {
        for (int n = 0; n < TIMES; n++) {
            // Given
            String order = id();
            PartedPostgres.loseCommitOf(order);

            // When
            Response first = place(order);
            Response second = place(order);

            // Then
            assertThat(first.statusCode()).isEqualTo(503);
            assertThat(first.jsonPath().getString("code")).isEqualTo("unavailable");
            assertThat(second.statusCode()).isEqualTo(201);
            assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
            assertThat(history(order)).containsExactly("Pending");
        }
    }

    @Test
    void an_event_whose_commit_was_not_answered_is_applied_once() {
        // Given
        String order = placed();
        String event = "evt_" + order;
        PartedPostgres.loseCommitOf(event);

        // When
        send(event, captured(order, "pay_1", 999));

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(event(event).<Integer>get("event.deliveries"))
                .isEqualTo(2));
        assertThat(PartedPostgres.isCommitLost()).isTrue();
        assertThat(history(order)).containsExactly("Pending", "Paid");
        assertThat(event(event).getString("event.status")).isEqualTo("applied");
    }

    @Test
    void who_asks_while_the_database_is_away_is_told_so() {
        // Given
        String order = placed();

        // When
        PartedPostgres.goAway();

        // Then
        for (int n = 0; n < TIMES; n++) {
            Response asks = client().get("/orders/" + order);
            assertThat(asks.statusCode()).isEqualTo(503);
            assertThat(asks.jsonPath().getString("code")).isEqualTo("unavailable");
        }
        assertThat(place(id()).statusCode()).isEqualTo(503);
        assertThat(given().header("Authorization", "Bearer nobody-knows")
                        .get("/orders")
                        .statusCode())
                .isEqualTo(503);
        for (Response page : List.of(
                given().formParam("key", "nobody-knows").post("/console/login"),
                given().cookie("bellhop_console", "0".repeat(64)).get("/console"))) {
            assertThat(page.statusCode()).isEqualTo(503);
            assertThat(page.contentType()).startsWith("text/html");
        }
        PartedPostgres.comeBack();
        await().atMost(SOON).until(() -> "Pending".equals(status(order)));
    }

    /** Or whoever looks for the cause of an outage has to find it between stack traces. */
    @Test
    void an_outage_is_no_failure_of_the_service() {
        // Given
        Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();
        Handler keep = new KeptLines(lines);
        Logger ours = Logger.getLogger("dev.bellhop.chassis.DatabaseConnections");
        Logger.getLogger("").addHandler(keep);
        ours.setLevel(Level.ALL);
        try {
            // When
            PartedPostgres.goAway();
            Response asks = client().get("/orders/unknown");

            // Then
            assertThat(asks.statusCode()).isEqualTo(503);
            await().atMost(SOON)
                    .until(() -> lines.stream().anyMatch(line -> ours.getName().equals(line.getLoggerName())));
            assertThat(lines).noneMatch(line -> line.getThrown() instanceof IllegalStateException);
        } finally {
            ours.setLevel(null);
            Logger.getLogger("").removeHandler(keep);
        }
    }

    /** The caller is told, and our own line says so. */
    @Test
    void a_transaction_that_an_outage_breaks_calls_nobody_to_act() {
        // Given
        Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();
        Handler keep = new KeptLines(lines);
        Logger.getLogger("").addHandler(keep);
        String order = id();
        PartedPostgres.loseCommitOf(order);
        try {
            // When
            Response answer = place(order);

            // Then
            assertThat(answer.statusCode()).isEqualTo(503);
            assertThat(lines)
                    .filteredOn(line -> line.getLevel().intValue() >= Level.SEVERE.intValue())
                    .extracting(LogRecord::getMessage)
                    .isEmpty();
        } finally {
            Logger.getLogger("").removeHandler(keep);
        }
    }

    /** The relay holds one while the broker answers; so do others between two statements. */
    @Test
    void a_session_that_the_database_ends_is_no_stack_trace() throws SQLException {
        // Given
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        SharedStack.get().kafka().freeze();
        try {
            place(id());

            // When
            await().atMost(SOON)
                    .until(() -> number("select count(pg_terminate_backend(pid)) from pg_locks"
                                    + " where locktype = 'advisory' and classid = 7302")
                            > 0);
            SharedStack.get().kafka().thaw();
            await().atMost(SOON).until(() -> number("select count(*) from outbox") == 0);
        } finally {
            SharedStack.get().kafka().thaw();
            System.setErr(console);
        }

        // Then
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }

    @Test
    void a_request_whose_session_the_database_ends_is_no_stack_trace() throws Exception {
        // Given
        PrintStream console = System.err;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
        String order = placed();
        CompletableFuture<Response> cancelled;
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                Statement held = connection.createStatement()) {
            connection.setAutoCommit(false);
            held.execute("select from orders where order_id = '" + order + "' for update");
            cancelled = CompletableFuture.supplyAsync(() -> client().post("/orders/" + order + "/cancel"));

            // When
            await().atMost(SOON)
                    .until(() -> number("select count(pg_terminate_backend(pid)) from pg_stat_activity"
                                    + " where wait_event_type = 'Lock'")
                            > 0);

            // Then
            assertThat(cancelled.join().statusCode()).isEqualTo(503);
        } finally {
            System.setErr(console);
        }
        assertThat(printed.toString(StandardCharsets.UTF_8)).doesNotContain("Exception");
    }

    @Test
    void what_the_database_gives_up_is_told_to_callers_and_repeated_for_events() throws SQLException {
        for (String state : List.of("40001", "40P01", "55P03", "25006", "28P01", "57014")) {
            // Given
            String order = placed();
            tell("create sequence tries");
            tell(trouble("perform nextval('tries'); raise exception 'trouble' using errcode = '" + state + "'"));
            tell("create trigger trouble before update on orders for each row execute function trouble()");

            // When
            Response cancelled = client().post("/orders/" + order + "/cancel");
            send("evt_" + order, captured(order, "pay_1", 999));

            // Then
            assertThat(cancelled.statusCode()).as(state).isEqualTo(503);
            assertThat(cancelled.jsonPath().getString("code")).as(state).isEqualTo("unavailable");
            assertThat(cancelled.header("Retry-After")).as(state).isNotNull();
            await().atMost(SOON).until(() -> tries() > 2);
            tell("drop function trouble cascade; drop sequence tries");
            awaitStatus(order, "Paid");
        }
    }

    /** Or whoever reads orders.events would be told the same again and again for as long. */
    @Test
    void a_change_is_told_once_though_the_database_could_not_be_written_for_a_while() throws SQLException {
        // Given
        String order = id();
        tell("create sequence tries");
        tell(trouble("perform nextval('tries'); raise exception 'trouble' using errcode = '25006'"));
        tell("create trigger trouble before delete on outbox for each row execute function trouble()");
        List<String> told = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> changes = Story.changes()) {
            assertThat(place(order).statusCode()).isEqualTo(201);
            await().atMost(SOON).until(() -> tries() > 2);

            // When
            tell("drop function trouble cascade");
            await().atMost(SOON).until(() -> number("select count(*) from outbox") == 0);

            // Then
            Map<TopicPartition, Long> ends = changes.endOffsets(changes.assignment());
            await().atMost(SOON).until(() -> {
                changes.poll(Duration.ofMillis(200)).forEach(record -> told.add(record.key()));
                return ends.entrySet().stream().allMatch(end -> changes.position(end.getKey()) >= end.getValue());
            });
        }
        assertThat(told).filteredOn(order::equals).hasSize(1);
    }

    @Test
    void a_batch_that_takes_too_long_is_divided() throws SQLException {
        // Given
        String run = id();
        tell(trouble("perform pg_sleep(0.04)"));
        tell("create trigger trouble before insert on inbox for each row when (new.event_id like '" + run
                + "%') execute function trouble()");

        // When
        sendAtOnce(run, 100);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(operator()
                        .queryParam("orderId", run)
                        .queryParam("limit", 100)
                        .get("/webhook-events")
                        .jsonPath()
                        .getList("data"))
                .hasSize(100));
    }

    private static Response place(String order) {
        return given().header("Authorization", "Bearer " + ScriptedProvider.CLIENT)
                .header("Idempotency-Key", "key-" + order)
                .contentType("application/json")
                .body("{\"orderId\":\"" + order + "\",\"customerId\":\"c-1\",\"currency\":\"USD\","
                        + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders");
    }

    private static void sendAtOnce(String run, int count) {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SharedStack.get().bootstrapServers(), "linger.ms", 1000),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int n = 0; n < count; n++) {
                var unused = producer.send(record(run + n, bytes(captured(run, "pay_" + n, 999)), run));
            }
        }
    }

    private static String trouble(String what) {
        return "create function trouble() returns trigger as 'begin " + what.replace("'", "''")
                + "; return new; end' language plpgsql";
    }

    private long tries() throws SQLException {
        return number("select last_value from tries");
    }

    private long number(String question) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                var asked = connection.createStatement();
                var answer = asked.executeQuery(question)) {
            answer.next();
            return answer.getLong(1);
        }
    }

    private void tell(String statement) throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                var told = connection.createStatement()) {
            told.execute(statement);
        }
    }
}
