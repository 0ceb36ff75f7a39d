package dev.bellhop.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What docs/metrics.md promises, and what dashboards and alert rules ask for. */
final class Telemetry {

    private static final Pattern LABELS =
            Pattern.compile("\\{[^}]*}|\\[[^]]*]|\\b(by|without|on|ignoring) *\\([^)]*\\)");
    private static final Pattern NAME = Pattern.compile("\\b[a-z][a-z0-9_]*\\b(?! *\\()");
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "group_left");

    private Telemetry() {}

    /** Every documented metric, with the services that export it. */
    static Map<String, List<String>> documented() {
        Map<String, List<String>> metrics = new LinkedHashMap<>();
        for (String line :
                Repository.text(Repository.file("docs/metrics.md")).lines().toList()) {
            String[] cells = line.split("\\|", -1);
            if (cells.length > 3 && cells[1].strip().startsWith("`")) {
                String services = cells[2].strip();
                metrics.put(
                        cells[1].strip().replace("`", ""),
                        services.equals("all") ? Repository.SERVICES : Arrays.asList(services.split(", ", -1)));
            }
        }
        return metrics;
    }

    static List<JsonNode> alerts() {
        JsonNode rules = Repository.yaml(Repository.text(Repository.file("k8s/components/monitoring/alerts.yaml")))
                .get(0);
        return Overlay.each(Repository.at(rules, "spec", "groups"))
                .flatMap(group -> Overlay.each(group.path("rules")))
                .toList();
    }

    /** Every query of every dashboard. */
    static List<String> queries() {
        return Repository.below("k8s/components/monitoring/dashboards", file -> true).stream()
                .flatMap(file -> Overlay.each(Repository.json(file).path("panels")))
                .flatMap(panel -> Overlay.each(panel.path("targets")))
                .map(target -> target.path("expr").asText())
                .toList();
    }

    /** The metrics that a query asks for. {@code up} is Prometheus' own. */
    static Set<String> metricsOf(String query) {
        String bare = LABELS.matcher(query.replaceAll("\"[^\"]*\"", "")).replaceAll(" ");
        return NAME.matcher(bare)
                .results()
                .map(result -> result.group())
                .filter(name -> !WORDS.contains(name) && !name.equals("up"))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
