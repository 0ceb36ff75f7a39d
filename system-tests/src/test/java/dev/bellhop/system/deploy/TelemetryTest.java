package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TelemetryTest {

    /** Pages that no alert leads to: work that somebody plans. */
    private static final Set<String> PLANNED = Set.of("ask-kafka.md", "restore-a-database.md", "rotate-secrets.md");

    @Test
    void dashboards_and_alerts_use_documented_metrics_only() {
        Stream<String> used = Stream.concat(
                        Telemetry.queries().stream(),
                        Telemetry.alerts().stream()
                                .map(alert -> alert.path("expr").asText()))
                .flatMap(query -> Telemetry.metricsOf(query).stream());

        assertThat(used).isNotEmpty().isSubsetOf(Telemetry.documented().keySet());
    }

    @Test
    void the_metrics_of_a_query_are_found() {
        String query = "histogram_quantile(0.99, sum by (le) (rate(a_bucket{app=~\"x_y|z\"}[5m]))) > 0.1"
                + " and on (app) b_total unless up == 0";

        assertThat(Telemetry.metricsOf(query)).containsExactly("a_bucket", "b_total");
    }

    /** A pod that has no address yet is no target, so that its {@code up} is not 0 but missing. */
    @Test
    void a_service_that_is_missing_altogether_is_told() {
        String down = Telemetry.alerts().stream()
                .filter(alert -> alert.path("alert").asText().equals("BellhopServiceDown"))
                .map(alert -> alert.path("expr").asText())
                .collect(Collectors.joining());

        assertThat(Repository.SERVICES).isNotEmpty().allSatisfy(service -> assertThat(down)
                .contains("absent(up{app=\"" + service + "\"})"));
    }

    /** What a new pod counts before it is first scraped is no increase of anything; after a gap in what is known no pod is new. */
    @Test
    void an_alert_that_rings_for_one_event_counts_those_before_the_first_scrape() {
        List<String> ringing = Telemetry.alerts().stream()
                .map(alert -> alert.path("expr").asText())
                .filter(query -> query.matches("sum\\(increase\\(.*\\)\\) > 0.*"))
                .toList();

        assertThat(ringing).isNotEmpty().allSatisfy(query -> {
            String counted = query.replaceFirst("sum\\(increase\\((.*?)\\[15m].*", "$1");
            assertThat(query)
                    .endsWith(" or sum(" + counted + " unless last_over_time(" + counted + "[1d] offset 15m)) > 0");
        });
    }

    @Test
    void a_selector_takes_the_series_of_its_labels() {
        Telemetry.Selector selector = Telemetry.selectorsOf(
                        "rate(a_total{x=\"1\",y=~\"b.*\",z!=\"c\"}[5m]) > up{x=\"1\"}")
                .get(0);

        assertThat(selector.takes("a_total{y=\"bc\",x=\"1\"} 2.0 # {y=\"other\"} 1.0"))
                .isTrue();
        assertThat(selector.takes("a_total{x=\"1\",y=\"c\"} 2.0")).isFalse();
        assertThat(selector.takes("a_total{x=\"1\"} 2.0")).isFalse();
        assertThat(selector.takes("a_total_b{x=\"1\",y=\"b\"} 2.0")).isFalse();
    }

    @Test
    void an_alert_leads_to_the_page_of_its_name() {
        assertThat(Telemetry.alerts()).isNotEmpty().allSatisfy(alert -> {
            String name = alert.path("alert").asText();
            Path page = Repository.file(
                    Repository.at(alert, "annotations", "runbook_url").asText());
            assertThat(page).exists();
            assertThat(Repository.text(page))
                    .startsWith("# " + name + "\n")
                    .contains("## What it means", "## How to look", "## What to do");
            assertThat(Repository.at(alert, "labels", "severity").asText()).isIn("critical", "warning");
            assertThat(Repository.at(alert, "annotations", "summary").asText()).isNotBlank();
            assertThat(alert.has("for")).isTrue();
        });
    }

    @Test
    void a_page_has_its_alert() {
        Set<String> pages = Repository.below("docs/runbooks", file -> true).stream()
                .map(page -> page.toFile().getName())
                .filter(page -> !PLANNED.contains(page))
                .collect(Collectors.toSet());

        assertThat(Telemetry.alerts().stream().map(TelemetryTest::page)).containsExactlyInAnyOrderElementsOf(pages);
    }

    /** Whoever reads a page at night has no time to look for a panel that is not there. */
    @Test
    void a_page_sends_to_a_dashboard_that_shows_what_it_names() {
        List<String> missing = Repository.below("docs/runbooks", file -> true).stream()
                .flatMap(page -> Repository.text(page).lines())
                .filter(line -> line.contains("Dashboard *"))
                .flatMap(line -> Telemetry.namedOnDashboard(line).stream()
                        .filter(named -> !Telemetry.dashboard(line).contains(named)))
                .toList();

        assertThat(missing).isEmpty();
    }

    /** The alert names a source; its page must know whatever the panel shows of it. */
    @Test
    void each_reason_to_refuse_a_source_is_explained_where_its_alert_leads() {
        Set<String> elsewhere = Set.of("overloaded", "broker_unavailable", "certificate_unavailable");
        Set<String> ofNoSource = Set.of("request_malformed", "target_too_long", "headers_too_large", "source_unknown");
        String page = Repository.text(Repository.file("docs/runbooks/webhooks-refused.md"));

        Set<String> reasons = Pattern.compile("(?m)^    ([A-Z_]+)[,;]$")
                .matcher(Repository.text(
                        Repository.file("webhook-ingress/src/main/java/dev/bellhop/ingress/domain/Reason.java")))
                .results()
                .map(reason -> reason.group(1).toLowerCase(Locale.ROOT))
                .filter(reason -> !elsewhere.contains(reason) && !ofNoSource.contains(reason))
                .collect(Collectors.toSet());

        assertThat(reasons).contains("signature_wrong").allSatisfy(reason -> assertThat(page)
                .contains("`" + reason + "`"));
    }

    /** What is counted and told nobody is of no use to an operator. */
    @Test
    void a_metric_of_ours_is_documented() {
        Set<String> made = Repository.SERVICES.stream()
                .flatMap(service ->
                        Repository.below(service + "/src/main/java", file -> file.toString()
                                        .endsWith("Metrics.java"))
                                .stream())
                .flatMap(file -> Pattern.compile("public static final String [A-Z_]+ =\\s+\"([a-z.]+)\"")
                        .matcher(Repository.text(file))
                        .results())
                .map(name -> name.group(1).replace('.', '_'))
                .collect(Collectors.toSet());

        assertThat(made).contains("inbox_events").allSatisfy(name -> assertThat(
                        Telemetry.documented().keySet())
                .anyMatch(documented -> documented.matches(name + "(_total|_seconds_count)?")));
    }

    @Test
    void a_key_in_a_log_line_is_in_the_glossary() {
        Set<String> used = Repository.SERVICES.stream()
                .flatMap(service -> Repository.below(service + "/src/main/java", file -> true).stream())
                .flatMap(file -> Pattern.compile("LOG\\.\\w+\\([^;]*;")
                        .matcher(Repository.text(file))
                        .results())
                .flatMap(
                        line -> Pattern.compile("(\\w+)=").matcher(line.group()).results())
                .map(key -> key.group(1))
                .collect(Collectors.toSet());

        assertThat(used).contains("eventId", "reason").isSubsetOf(Telemetry.logKeys());
    }

    private static String page(JsonNode alert) {
        return Path.of(Repository.at(alert, "annotations", "runbook_url").asText())
                .toFile()
                .getName();
    }
}
