package dev.bellhop.order.console;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever clients, operators and timers ask for is found by an index. PostgreSQL explains each statement as it runs it,
 * and reads a whole table only where it knows no other way, however small the table is.
 */
@QuarkusTest
@TestProfile(ApiProfile.class)
class QueryPlansIT {

    /** Of a table that grows with the business. */
    private static final Pattern WHOLE_TABLE = Pattern.compile("Seq Scan on (orders|order_history|order_name"
            + "|payment_fact|inbox|inbox_replay|outbox|idempotency_key|question_log|dead_letter|rejected_webhook"
            + "|customer)\\b");

    /** Where the driver says what the server told it. */
    private static final Logger NOTICES = Logger.getLogger("io.vertx.sqlclient.impl.SocketConnectionBase");

    private static final Queue<String> PLANS = new ConcurrentLinkedQueue<>();

    private static final Handler LISTENER = new Handler() {
        @Override
        public void publish(LogRecord record) {
            String message = String.valueOf(record.getMessage());
            if (message.contains("Query Text:")) {
                PLANS.add(message);
            }
        }

        @Override
        public void flush() {
            // nothing waits
        }

        @Override
        public void close() {
            // nothing is open
        }
    };

    @BeforeAll
    static void explain() throws SQLException {
        NOTICES.addHandler(LISTENER);
        NOTICES.setUseParentHandlers(false);
        settings(
                "set session_preload_libraries = 'auto_explain'",
                "set auto_explain.log_min_duration = 0",
                "set auto_explain.log_level = 'notice'",
                "set enable_seqscan = off");
    }

    @AfterAll
    static void stopExplaining() throws SQLException {
        settings("reset all");
        NOTICES.removeHandler(LISTENER);
        NOTICES.setUseParentHandlers(true);
    }

    /** Changes what new connections to this database begin with, and has all of them begin anew. */
    private static void settings(String... changes) throws SQLException {
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        String database = url.replaceAll(".*/([^/?]+).*", "$1");
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String change : changes) {
                statement.execute("alter database \"" + database + "\" " + change);
            }
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }

    @Test
    void no_query_reads_a_table_that_grows_as_a_whole() {
        // The pool finds out that its connections are gone.
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> as(TestKeys.ALICE).get("/orders?limit=1").statusCode() == 200);

        clientsWork();
        operatorsLook();

        // Timers too: of those that prune, the laziest comes every ten seconds.
        Awaitility.await()
                .atMost(Duration.ofSeconds(30))
                .until(() -> PLANS.stream().anyMatch(plan -> plan.contains("delete from idempotency_key"))
                        && PLANS.stream().anyMatch(plan -> plan.contains("next_ask"))
                        && PLANS.stream().anyMatch(plan -> plan.contains("delete from outbox")));
        assertThat(PLANS).hasSizeGreaterThan(100);
        assertThat(PLANS.stream().filter(plan -> WHOLE_TABLE.matcher(plan).find()))
                .isEmpty();
    }

    private static void clientsWork() {
        String order = Shop.paid();
        String pending = Shop.placed();
        String customer = Shop.id("customer");
        json(TestKeys.ALICE, "{\"name\":\"Alice's customer\"}").put("/customers/" + customer);
        json(
                        TestKeys.ALICE,
                        "{\"customerId\":\"" + customer + "\",\"currency\":\"USD\","
                                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .post("/orders")
                .then()
                .statusCode(201);
        for (String path : List.of(
                "/orders",
                "/orders?status=Paid",
                "/orders?q=" + order.substring(0, 5),
                "/orders?customerId=" + customer,
                "/orders/" + order,
                "/orders/" + order + "/status",
                "/orders/" + order + "/history",
                "/customers/" + customer,
                "/customers/" + customer + "/orders",
                "/products?q=article")) {
            as(TestKeys.ALICE).get(path);
        }
        as(TestKeys.ALICE).post("/orders/" + order + "/ship").then().statusCode(200);
        as(TestKeys.ALICE).post("/orders/" + pending + "/cancel").then().statusCode(200);
        Shop.happens("never-placed", "payment_success", 1, "pay-of-nobody", null);
    }

    private static void operatorsLook() {
        Browsing browser = Browsing.asOperator();
        EveryPage.about("ord_" + UUID.randomUUID()).forEach(path -> browser.open(path));
        for (String path : List.of(
                "/orders?status=NeedsReview",
                "/webhook-events",
                "/webhook-events?orderId=never-placed",
                "/webhook-events?type=payment_success",
                "/webhook-events?outcome=parked",
                "/dead-letters",
                "/reconciliation")) {
            as(TestKeys.OPERATOR).get(path).then().statusCode(200);
        }
    }
}
