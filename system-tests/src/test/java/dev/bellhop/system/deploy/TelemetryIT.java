package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.bellhop.local.Http;
import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What the running services tell: each documented metric, and one trace from the order to its last event. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TelemetryIT {

    private static final Pattern SQL = Pattern.compile("\\bselect [^`\"]+");
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final TraceCollector collector = TraceCollector.listening();
    private final Suite suite;
    private String orderId = "";

    TelemetryIT(@TempDir Path folder) {
        SuitePlan plan = SuitePlan.of(folder, PortPlan.free())
                .with(collector.settings() + "\n" + logging())
                .quickToStart();
        suite = new Suite(plan, Progress.SILENT);
    }

    @BeforeAll
    void a_payment_was_reported() throws IOException {
        suite.start();
        orderId = call(
                        Service.ORDER_SERVICE,
                        suite.apiKey(),
                        "/orders",
                        """
                        {"customerId":"metrics","currency":"USD","items":[{"productId":"article","quantity":1}]}""")
                .path("orderId")
                .asText();
        String payment = call(Service.ORDER_SERVICE, suite.apiKey(), "/orders/" + orderId + "/payment", "")
                .path("paymentId")
                .asText();
        call(Service.PAYMENT_GATEWAY, suite.gatewayKey(), "/payments/" + payment + "/confirm", "");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> metrics(Service.ORDER_SERVICE).contains("inbox_events_total{outcome=\"applied\"} 1.0"));
    }

    @AfterAll
    void stop() {
        suite.close();
        collector.close();
    }

    @Test
    void one_trace_leads_from_the_order_through_all_services_to_its_history() throws IOException {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(collector.servicesOf(TRACE))
                .containsExactlyInAnyOrder("order-service", "payment-gateway", "webhook-ingress"));
        JsonNode history = Http.call(
                        "GET",
                        suite.url(Service.ORDER_SERVICE).resolve("/orders/" + orderId + "/history"),
                        suite.apiKey(),
                        "")
                .json()
                .path("data");
        assertThat(history.findValuesAsText("to")).containsExactly("Pending", "Paid");
        assertThat(history.findValuesAsText("traceId")).containsExactly(TRACE, TRACE);
    }

    /** The timers of the services ask their databases all day; a trace for each would bury those of requests. */
    @Test
    void a_statement_in_sql_is_no_span() {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> collector.servicesOf(TRACE).size() == Service.values().length);

        assertThat(collector.heardOf("http.route")).isTrue();
        assertThat(collector.heardOf("db.statement")).isFalse();
    }

    /** A label that nothing bears makes an alert silent for ever, and no tool says so. */
    @Test
    void an_alert_selects_something_that_is_exported() throws IOException {
        List<String> exported = new ArrayList<>();
        for (Service service : Service.values()) {
            exported.addAll(metrics(service).lines().toList());
        }

        assertThat(Telemetry.alerts().stream()
                        .flatMap(alert ->
                                Telemetry.selectorsOf(alert.path("expr").asText()).stream()))
                .isNotEmpty()
                .allSatisfy(
                        selector -> assertThat(exported).as(selector.toString()).anyMatch(selector::takes));
    }

    /** A column that was renamed is missed at night only. What needs an id of a process, or a module of the server, is not tried. */
    @Test
    void a_question_of_a_runbook_to_the_database_has_an_answer() throws SQLException {
        List<String> questions = Repository.below("docs/runbooks", file -> true).stream()
                .flatMap(page -> SQL.matcher(Repository.text(page)).results().map(MatchResult::group))
                .filter(sql -> !sql.contains("pg_cancel_backend") && !sql.contains("pg_stat_statements"))
                .toList();

        assertThat(questions).anyMatch(sql -> sql.contains("from outbox"));
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "");
                Statement statement = connection.createStatement()) {
            for (String sql : questions) {
                assertThat(statement.execute(sql)).as(sql).isTrue();
            }
        }
    }

    @Test
    void a_documented_metric_is_exported() throws IOException {
        for (Service service : Service.values()) {
            Set<String> documented = Telemetry.documented().entrySet().stream()
                    .filter(metric -> metric.getValue().contains(service.folder()))
                    .map(Map.Entry::getKey)
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> exported = metrics(service)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.replaceFirst("[{ ].*", ""))
                    .collect(Collectors.toSet());

            assertThat(documented).isNotEmpty();
            assertThat(exported).as(service.folder()).containsAll(documented);
        }
    }

    @Test
    void a_log_line_is_a_json_object_whose_keys_are_in_the_glossary() throws IOException {
        Set<String> said = new TreeSet<>();
        for (Service service : Service.values()) {
            for (String line : Files.readAllLines(suite.process(service).log())) {
                JsonNode entry = Repository.json(line);
                assertThat(entry.path("message").isTextual()).as(line).isTrue();
                if (entry.path("loggerName").asText().startsWith("dev.bellhop.")) {
                    assertThat(entry.path("message").asText()).doesNotContain("=");
                    entry.path("mdc").fieldNames().forEachRemaining(said::add);
                }
            }
        }
        said.removeAll(Set.of("traceId", "spanId", "parentId", "sampled"));

        assertThat(said).contains("paymentId", "orderId", "source", "eventId", "requestId");
        assertThat(Telemetry.logKeys()).containsAll(said);
    }

    /** How pods log. */
    private static String logging() {
        Properties settings = Manifests.settings(Service.ORDER_SERVICE.folder());
        return settings.stringPropertyNames().stream()
                .filter(name -> name.startsWith("quarkus.log."))
                .map(name -> name + "=" + settings.getProperty(name) + "\n")
                .collect(Collectors.joining());
    }

    private String metrics(Service service) throws IOException {
        return Http.call("GET", suite.management(service).resolve("/q/metrics"), "", "")
                .body();
    }

    private JsonNode call(Service service, String key, String path, String body) throws IOException {
        Map<String, String> headers = new HashMap<>();
        headers.put("Authorization", "Bearer " + key);
        if (service == Service.ORDER_SERVICE) {
            headers.put("traceparent", "00-" + TRACE + "-00f067aa0ba902b7-01");
        }
        if (!body.isEmpty()) {
            headers.put("Content-Type", "application/json");
        }
        Http.Answer answer =
                Http.send("POST", suite.url(service).resolve(path), headers, body.getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).as(answer.body()).isBetween(200, 299);
        return answer.json();
    }
}
