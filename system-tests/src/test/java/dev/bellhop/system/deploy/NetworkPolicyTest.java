package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who may talk to whom is read out of the policies as arrows, and compared with the design's. */
class NetworkPolicyTest {

    private static final Set<String> DESIGN = Set.of(
            "entrance -> order-service:8080",
            "entrance -> webhook-ingress:8082",
            "order-service -> payment-gateway:8081",
            "payment-gateway -> webhook-ingress:8082",
            "order-service -> orders-database:5432",
            "payment-gateway -> gateway-database:5432",
            "order-service -> kafka:9092",
            "webhook-ingress -> kafka:9092");

    /** Strimzi adds a policy for each listener; without peers it lets in everybody, whatever ours say. */
    @Test
    void the_brokers_own_policy_lets_in_no_others() {
        List<JsonNode> listeners = Overlay.rendered("production")
                .ofKind("Kafka")
                .flatMap(kafka -> Overlay.each(Repository.at(kafka, "spec", "kafka", "listeners")))
                .toList();

        assertThat(listeners).isNotEmpty().allSatisfy(listener -> assertThat(
                        listener.path("networkPolicyPeers").findValuesAsText("app.kubernetes.io/name"))
                .containsExactly("order-service", "webhook-ingress"));
        assertThat(listeners).allSatisfy(listener -> assertThat(
                        listener.path("networkPolicyPeers").findValuesAsText("kubernetes.io/metadata.name"))
                .containsExactly("keda"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void everything_is_denied_first(String overlay) {
        assertThat(Overlay.rendered(overlay).ofKind("NetworkPolicy")).anySatisfy(policy -> {
            JsonNode spec = policy.path("spec");
            assertThat(spec.path("podSelector").properties()).isEmpty();
            assertThat(spec.path("policyTypes").toString()).isEqualTo("[\"Ingress\",\"Egress\"]");
            assertThat(spec.has("ingress") || spec.has("egress")).isFalse();
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void both_ends_of_an_arrow_allow_it(String overlay) {
        Arrows arrows = Arrows.of(Overlay.rendered(overlay));

        assertThat(arrows.in()).isEqualTo(arrows.out());
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void a_selector_selects_something(String overlay) {
        assertThat(Arrows.of(Overlay.rendered(overlay)).idle()).isEmpty();
    }

    @Test
    void locally_the_arrows_are_the_design_and_the_registration() {
        Arrows arrows = Arrows.of(Overlay.rendered("local"));

        Set<String> expected = new TreeSet<>(DESIGN);
        expected.add("register -> payment-gateway:8081");
        expected.add("register -> order-service:8080");
        assertThat(arrows.all()).isEqualTo(expected);
    }

    @Test
    void in_production_the_rest_is_what_operators_need() {
        Arrows arrows = Arrows.of(Overlay.rendered("production"));

        assertThat(arrows.all()).containsAll(DESIGN);
        Set<String> rest = new TreeSet<>(arrows.all());
        rest.removeAll(DESIGN);
        assertThat(rest)
                .containsExactly(
                        "cnpg-system -> gateway-database:5432",
                        "cnpg-system -> gateway-database:8000",
                        "cnpg-system -> gateway-join:5432",
                        "cnpg-system -> gateway-join:8000",
                        "cnpg-system -> orders-database:5432",
                        "cnpg-system -> orders-database:8000",
                        "cnpg-system -> orders-join:5432",
                        "cnpg-system -> orders-join:8000",
                        "entity-operator -> anywhere:443",
                        "entity-operator -> anywhere:6443",
                        "entity-operator -> entity-operator:any",
                        "entity-operator -> kafka:any",
                        "gateway-database -> anywhere:443",
                        "gateway-database -> anywhere:6443",
                        "gateway-database -> gateway-database:5432",
                        "gateway-database -> gateway-database:8000",
                        "gateway-database -> gateway-join:5432",
                        "gateway-database -> gateway-join:8000",
                        "gateway-join -> anywhere:443",
                        "gateway-join -> anywhere:6443",
                        "gateway-join -> gateway-database:5432",
                        "gateway-join -> gateway-database:8000",
                        "gateway-join -> gateway-join:5432",
                        "gateway-join -> gateway-join:8000",
                        "kafka -> anywhere:443",
                        "kafka -> anywhere:6443",
                        "kafka -> entity-operator:any",
                        "kafka -> kafka:any",
                        "keda -> kafka:9092",
                        "monitoring -> order-service:management",
                        "monitoring -> payment-gateway:management",
                        "monitoring -> webhook-ingress:management",
                        "order-service -> observability:4317",
                        "orders-database -> anywhere:443",
                        "orders-database -> anywhere:6443",
                        "orders-database -> orders-database:5432",
                        "orders-database -> orders-database:8000",
                        "orders-database -> orders-join:5432",
                        "orders-database -> orders-join:8000",
                        "orders-join -> anywhere:443",
                        "orders-join -> anywhere:6443",
                        "orders-join -> orders-database:5432",
                        "orders-join -> orders-database:8000",
                        "orders-join -> orders-join:5432",
                        "orders-join -> orders-join:8000",
                        "payment-gateway -> observability:4317",
                        "strimzi -> entity-operator:any",
                        "strimzi -> kafka:any",
                        "webhook-ingress -> observability:4317");
    }

    /** Its members have no other label that tells them from another database's: their names are listed. */
    @ParameterizedTest
    @ValueSource(strings = {"orders", "gateway"})
    void a_cluster_that_is_restored_by_the_runbook_can_have_standbys(String database) {
        assertThat(Overlay.rendered("production").ofKind("NetworkPolicy"))
                .filteredOn(policy -> Overlay.nameOf(policy).equals(database + "-replication"))
                .singleElement()
                .satisfies(policy -> assertThat(policy.findValues("values"))
                        .isNotEmpty()
                        .allSatisfy(names -> assertThat(Overlay.each(names).map(JsonNode::asText))
                                .containsExactly(database, database + "-restored")));
    }

    /** Every arrow that a set of policies draws between the pods of a rendering, those of operators included. */
    private record Arrows(Set<String> in, Set<String> out, Set<String> outside, List<String> idle) {

        Set<String> all() {
            Set<String> all = new TreeSet<>(in);
            all.addAll(out);
            all.addAll(outside);
            return all;
        }

        static Arrows of(Overlay overlay) {
            Pods pods = Pods.of(overlay);
            Arrows arrows = new Arrows(new TreeSet<>(), new TreeSet<>(), new TreeSet<>(), new ArrayList<>());
            overlay.ofKind("NetworkPolicy")
                    .filter(policy -> !Set.of("deny-all", "dns").contains(Overlay.nameOf(policy)))
                    .forEach(policy -> arrows.read(policy, pods));
            return arrows;
        }

        private void read(JsonNode policy, Pods pods) {
            JsonNode spec = policy.path("spec");
            Set<String> chosen = selected(pods, spec.path("podSelector"), Overlay.nameOf(policy));
            for (JsonNode rule : spec.path("ingress")) {
                for (JsonNode peer : rule.path("from")) {
                    for (String to : chosen) {
                        draw(peer, rule, pods, policy, (other, port) -> other + " -> " + to + ":" + port, in);
                    }
                }
            }
            for (JsonNode rule : spec.path("egress")) {
                for (String from : chosen) {
                    if (rule.path("to").isEmpty()) {
                        ports(rule).forEach(port -> outside.add(from + " -> anywhere:" + port));
                    }
                    for (JsonNode peer : rule.path("to")) {
                        draw(peer, rule, pods, policy, (other, port) -> from + " -> " + other + ":" + port, out);
                    }
                }
            }
        }

        private void draw(JsonNode peer, JsonNode rule, Pods pods, JsonNode policy, Arrow arrow, Set<String> inside) {
            for (String port : ports(rule)) {
                if (peer.has("namespaceSelector")) {
                    peer.path("namespaceSelector")
                            .path("matchLabels")
                            .properties()
                            .forEach(label -> outside.add(arrow.between(namespace(label), port)));
                } else {
                    selected(pods, peer.path("podSelector"), Overlay.nameOf(policy))
                            .forEach(other -> inside.add(arrow.between(other, port)));
                }
            }
        }

        private Set<String> selected(Pods pods, JsonNode selector, String policy) {
            Set<String> found = pods.selectedBy(selector);
            if (found.isEmpty()) {
                idle.add(policy + ": " + selector);
            }
            return found;
        }

        private static String namespace(Map.Entry<String, JsonNode> label) {
            return label.getKey().equals("bellhop.dev/entrance")
                    ? "entrance"
                    : label.getValue().asText();
        }

        private static List<String> ports(JsonNode rule) {
            return rule.path("ports").isEmpty()
                    ? List.of("any")
                    : Overlay.each(rule.path("ports"))
                            .map(port -> port.path("port").asText())
                            .toList();
        }
    }

    private interface Arrow {
        String between(String other, String port);
    }

    /** Named sets of labels: one for each workload, and one for each kind of pod that an operator makes of its resources. */
    private record Pods(List<Map.Entry<String, JsonNode>> labelled) {

        private static final ObjectMapper JSON = new ObjectMapper();

        static Pods of(Overlay overlay) {
            List<Map.Entry<String, JsonNode>> pods = new ArrayList<>();
            overlay.workloads()
                    .forEach(workload -> pods.add(Map.entry(
                            Overlay.nameOf(workload), Repository.at(Overlay.podOf(workload), "metadata", "labels"))));
            overlay.ofKind("Kafka").map(Overlay::nameOf).forEach(cluster -> {
                pods.add(Map.entry("kafka", labels("app.kubernetes.io/name", "kafka", "strimzi.io/cluster", cluster)));
                pods.add(Map.entry(
                        "entity-operator",
                        labels("app.kubernetes.io/name", "entity-operator", "strimzi.io/cluster", cluster)));
            });
            // A standby is copied from its primary by a job, whose pod does not inherit the cluster's labels.
            overlay.ofKind("Cluster").forEach(cluster -> {
                ObjectNode labels = labels("cnpg.io/cluster", Overlay.nameOf(cluster));
                pods.add(Map.entry(Overlay.nameOf(cluster) + "-join", labels.deepCopy()));
                labels.setAll((ObjectNode) Repository.at(cluster, "spec", "inheritedMetadata", "labels"));
                pods.add(Map.entry(Overlay.nameOf(cluster) + "-database", labels));
            });
            return new Pods(pods);
        }

        /** A database pod goes by the databases that it holds: locally one pod holds both. */
        Set<String> selectedBy(JsonNode selector) {
            Set<String> found = new LinkedHashSet<>();
            for (Map.Entry<String, JsonNode> pod : labelled) {
                if (matches(selector, pod.getValue())) {
                    found.addAll(names(pod, selector));
                }
            }
            return found;
        }

        private static List<String> names(Map.Entry<String, JsonNode> pod, JsonNode selector) {
            for (String database : List.of("orders", "gateway")) {
                if (selector.toString().contains("bellhop.dev/database-" + database)) {
                    return List.of(database + "-database");
                }
            }
            return List.of(pod.getKey());
        }

        private static boolean matches(JsonNode selector, JsonNode labels) {
            boolean equal = selector.path("matchLabels").properties().stream()
                    .allMatch(label -> labels.path(label.getKey()).equals(label.getValue()));
            boolean expressed = Overlay.each(selector.path("matchExpressions"))
                    .allMatch(expression -> expressed(
                            expression, labels.path(expression.path("key").asText())));
            return equal && expressed;
        }

        private static boolean expressed(JsonNode expression, JsonNode label) {
            String operator = expression.path("operator").asText();
            return switch (operator) {
                case "Exists" -> !label.isMissingNode();
                case "In" -> Overlay.each(expression.path("values")).anyMatch(label::equals);
                default -> throw new IllegalArgumentException(operator);
            };
        }

        private static ObjectNode labels(String... pairs) {
            ObjectNode labels = JSON.createObjectNode();
            for (int i = 0; i < pairs.length; i += 2) {
                labels.put(pairs[i], pairs[i + 1]);
            }
            return labels;
        }
    }
}
