package dev.bellhop.system.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
    private static final Set<String> WORDS = Set.of("and", "or", "unless", "bool", "group_left", "offset");

    private static final Pattern SELECTOR = Pattern.compile("\\b([a-z][a-z0-9_]*)\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("([a-z_]+)(=~|=|!=|!~)\"([^\"]*)\"");

    private Telemetry() {}

    /** A metric with those of its labels that are asked for by value. */
    record Selector(String metric, Map<String, Pattern> labels) {

        private static Selector of(String metric, String matchers) {
            Map<String, Pattern> labels = MATCHER.matcher(matchers)
                    .results()
                    .filter(matcher -> !matcher.group(2).startsWith("!"))
                    .collect(Collectors.toMap(
                            matcher -> matcher.group(1),
                            matcher -> Pattern.compile(
                                    matcher.group(2).equals("=")
                                            ? Pattern.quote(matcher.group(3))
                                            : matcher.group(3))));
            return new Selector(metric, labels);
        }

        /** Whether a line of what a service exports is of this kind. */
        boolean takes(String line) {
            if (!line.startsWith(metric + "{")) {
                return false;
            }
            Map<String, String> values = MATCHER.matcher(line)
                    .results()
                    .collect(Collectors.toMap(
                            value -> value.group(1), value -> value.group(3), (first, exemplar) -> first));
            return labels.entrySet().stream().allMatch(label -> label.getValue()
                    .matcher(values.getOrDefault(label.getKey(), ""))
                    .matches());
        }
    }

    /**
     * What a query selects by label: not {@code up}, which is Prometheus' own, nor answers by {@code status}, since a healthy
     * service has given none of those that alerts look for.
     */
    static List<Selector> selectorsOf(String query) {
        return SELECTOR.matcher(query)
                .results()
                .filter(found -> !found.group(1).equals("up"))
                .map(found -> Selector.of(found.group(1), found.group(2)))
                .filter(selector -> !selector.labels().containsKey("status"))
                .toList();
    }

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

    /** The keys that log lines may have. */
    static Set<String> logKeys() {
        String glossary = Repository.text(Repository.file("CONTRIBUTING.md"))
                .replaceFirst("(?s).*\n## Words in logs\n", "")
                .replaceFirst("(?s)\n## .*", "");
        return Pattern.compile("`(\\w+)`")
                .matcher(glossary)
                .results()
                .map(key -> key.group(1))
                .collect(Collectors.toSet());
    }

    static List<JsonNode> alerts() {
        JsonNode rules = Repository.yaml(Repository.text(Repository.file("k8s/components/monitoring/alerts.yaml")))
                .get(0);
        return Overlay.each(Repository.at(rules, "spec", "groups"))
                .flatMap(group -> Overlay.each(group.path("rules")))
                .toList();
    }

    /** The dashboard that a line of a page names, as text. */
    static String dashboard(String line) {
        String name = line.replaceFirst(".*Dashboard \\*([^*]+)\\*.*", "$1").toLowerCase(Locale.ROOT);
        return Repository.below("k8s/components/monitoring/dashboards", file -> true).stream()
                .map(Repository::text)
                .filter(text -> text.contains("\"title\": \"Bellhop: " + name + "\""))
                .findFirst()
                .orElse("");
    }

    /** The documented metrics and the panels that a line names. */
    static List<String> namedOnDashboard(String line) {
        return Pattern.compile("`(\\w+)`|panel (\\*)([^*]+)\\*")
                .matcher(line)
                .results()
                .map(named -> named.group(2) == null ? named.group(1) : "\"title\": \"" + named.group(3) + "\"")
                .filter(named -> named.startsWith("\"") || documented().containsKey(named))
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
