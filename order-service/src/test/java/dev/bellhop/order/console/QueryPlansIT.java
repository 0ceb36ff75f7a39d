package dev.bellhop.order.console;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.ManyOrders;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import dev.bellhop.testing.SharedStack;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever clients, operators and timers ask for is found by an index. PostgreSQL explains each statement as it runs it,
 * and reads a whole table only where it knows no other way, however small the table is.
 */
@QuarkusTest
@TestProfile(ApiProfile.class)
class QueryPlansIT {

    /** Those that grow with the business; {@code rejected_webhook} is bounded, and counted as a whole. */
    private static final Set<String> TABLES = Set.of(
            "orders",
            "order_history",
            "order_listing",
            "payment_fact",
            "inbox",
            "inbox_replay",
            "outbox",
            "idempotency_key",
            "question_log",
            "dead_letter",
            "customer");

    private static final Pattern SCAN =
            Pattern.compile("(Seq Scan|Index Scan[^\n]*|Index Only Scan[^\n]*|Bitmap Heap Scan) on (\\w+)");

    /** A scan of orders: how many rows it found, how often. */
    private static final Pattern FOUND = Pattern.compile(" on order.* rows=([\\d.]+) loops=(\\d+)\\)");

    private static final Pattern REMOVED = Pattern.compile("Rows Removed by Filter: (\\d+)");

    private static final Pattern NODE = Pattern.compile("->");

    private static final Pattern ENTRY = Pattern.compile("\\n(?=\\d{4}-\\d\\d-\\d\\d )");

    private static final Path LOG = SharedStack.get().postgres().log();

    private static long begin;

    /** Everything from now on. */
    private static void explain(String seqscan) throws SQLException, IOException {
        begin = Files.size(LOG);
        settings(
                "set session_preload_libraries = 'auto_explain'",
                "set auto_explain.log_min_duration = 0",
                "set auto_explain.log_analyze = on",
                "set enable_seqscan = " + seqscan);
        // The pool finds out that its connections are gone.
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> as(TestKeys.ALICE).get("/orders?limit=1").statusCode() == 200);
    }

    @AfterAll
    static void stopExplaining() throws SQLException {
        execute("delete from inbox where event_id like 'one-of-few-%'");
        settings("reset all");
    }

    /** Changes what new connections to this database begin with, and has all of them begin anew. */
    private static void settings(String... changes) throws SQLException {
        String database = url().replaceAll(".*/([^/?]+).*", "$1");
        String[] statements = Stream.concat(
                        Stream.of(changes).map(change -> "alter database \"" + database + "\" " + change),
                        Stream.of("select pg_terminate_backend(pid) from pg_stat_activity"
                                + " where datname = current_database() and pid <> pg_backend_pid()"))
                .toArray(String[]::new);
        execute(statements);
    }

    private static void execute(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url(), "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static String url() {
        return ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
    }

    @Test
    void no_query_reads_a_table_that_grows_as_a_whole() throws SQLException, IOException {
        explain("off");

        clientsWork();
        operatorsLook();

        // Timers too: of those that prune, the laziest comes every ten seconds.
        Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            List<String> plans = plans();
            assertThat(TABLES).allMatch(table -> plans.stream()
                    .anyMatch(plan -> scanned(plan, "").anyMatch(table::equals)));
            assertThat(plans)
                    .anyMatch(plan -> plan.contains("delete from idempotency_key"))
                    .anyMatch(plan -> plan.contains("next_ask"))
                    .anyMatch(plan -> plan.contains("delete from outbox"));
        });
        assertThat(plans()).noneMatch(plan -> scanned(plan, "Seq").anyMatch(TABLES::contains));
    }

    /** Even if tables were small when it was planned: connections keep plans, and tables grow. */
    @Test
    void a_statement_of_a_batch_is_planned_once_and_by_index() throws SQLException, IOException {
        execute(
                "insert into inbox (source, event_id, type, order_id, headers, body, received_at, processed_at, outcome)"
                        + " select 'payments', 'one-of-few-' || n, 'any', 'any', '{}', '', now(), now(), 'applied'"
                        + " from generate_series(1, 50) as n",
                "analyze");
        explain("on");

        Shop.paid();
        Shop.happens("never-placed-either", "payment_success", 1, "pay-of-nobody", null);

        for (String statement : List.of(
                "order by order_id for update",
                "select order_id, kind, origin, payment_id",
                "update orders set standing",
                "update inbox set outcome",
                "delete from outbox")) {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(plans())
                    .filteredOn(plan -> plan.contains(statement))
                    .isNotEmpty()
                    .allMatch(plan -> plan.contains("Index Cond"))
                    .noneMatch(plan -> scanned(plan, "Seq").anyMatch(TABLES::contains))
                    .noneMatch(plan -> plan.contains("ANY ('{")));
        }
    }

    /** Whatever the planner knows of them: it counts them now and then. And connections keep plans for all values. */
    @Test
    void a_search_reads_no_more_orders_than_it_may() throws SQLException, IOException {
        execute("analyze");
        ManyOrders.fill();
        try {
            String anne = ManyOrders.key(ManyOrders.ANNE);
            explain("on");
            searchOften(anne);
            execute("analyze");
            searchOften(anne);

            assertThat(plans()).anyMatch(plan -> ordersRead(plan) > 1_000).noneMatch(plan -> ordersRead(plan) > 10_000);
        } finally {
            ManyOrders.remove();
        }
    }

    /** Anne's old orders are behind her new ones, and those of Bert; nobody's need review. */
    private static void searchOften(String anne) {
        for (int n = 0; n < 10; n++) {
            for (String search : List.of(
                    "q=old-",
                    "q=old-" + ManyOrders.ANNE + "-1",
                    "q=old-&status=Pending",
                    "q=former",
                    "q=old-&customerId=shared",
                    "status=NeedsReview",
                    "customerId=shared&status=NeedsReview",
                    "customerId=former")) {
                as(anne).get("/orders?" + search).then().statusCode(200);
                as(TestKeys.OPERATOR).get("/orders?" + search).then().statusCode(200);
            }
        }
    }

    /** By the scan of a plan that reads most. */
    private static double ordersRead(String plan) {
        return NODE.splitAsStream(plan)
                .mapToDouble(node -> {
                    Matcher found = FOUND.matcher(node);
                    Matcher removed = REMOVED.matcher(node);
                    double each = removed.find() ? Integer.parseInt(removed.group(1)) : 0;
                    return found.find()
                            ? Integer.parseInt(found.group(2)) * (Double.parseDouble(found.group(1)) + each)
                            : 0;
                })
                .max()
                .orElse(0);
    }

    /** Of every statement so far. */
    private static List<String> plans() throws IOException {
        try (RandomAccessFile log = new RandomAccessFile(LOG.toFile(), "r")) {
            byte[] written = new byte[(int) (log.length() - begin)];
            log.seek(begin);
            log.readFully(written);
            return ENTRY.splitAsStream(new String(written, StandardCharsets.UTF_8))
                    .filter(entry -> entry.contains("Query Text:"))
                    .toList();
        }
    }

    /** The tables, and indexes, that a plan scans in a way whose name begins like this. */
    private static Stream<String> scanned(String plan, String way) {
        return SCAN.matcher(plan)
                .results()
                .filter(scan -> scan.group(1).startsWith(way))
                .map(scan -> scan.group(2));
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
        as(TestKeys.ALICE).post("/orders/" + pending + "/payment").then().statusCode(201);
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
        String event = as(TestKeys.OPERATOR)
                .get("/webhook-events?orderId=" + Shop.paid())
                .path("data[0].eventId");
        as(TestKeys.OPERATOR)
                .post("/webhook-events/" + event + "/replay")
                .then()
                .statusCode(200);
        as(TestKeys.OPERATOR).get("/webhook-events/" + event).then().statusCode(200);
    }
}
