package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestRulesTest {

    private static final Pattern RESOURCE = Pattern.compile("(?m)^@Path\\(\"(/[a-z-]+)");

    private static final Pattern LISTENS =
            Pattern.compile("(?m)^mp\\.messaging\\.incoming\\.[a-z-]+\\.(topic|group)(?:\\.id)?=(.*)$");

    private static final Pattern PINNED = Pattern.compile(".+:v?[0-9]+(\\.[0-9]+)+");

    @Test
    void nothing_secret_is_committed() {
        assertThat(Manifests.raw())
                .noneMatch(object -> object.path("kind").asText().equals("Secret"));
        assertThat(Repository.text(Repository.file("k8s/overlays/local/kustomization.yaml")))
                .doesNotContain("secretGenerator");
    }

    /** A file that no kustomization names is not deployed, whatever it says. */
    @Test
    void every_file_belongs_to_a_kustomization() {
        Set<Path> used = new HashSet<>();
        for (Path kustomization : Repository.below("k8s", file -> file.endsWith("kustomization.yaml"))) {
            used.add(kustomization);
            String text = Repository.text(kustomization);
            Path folder = kustomization.resolveSibling("");
            Repository.below(Repository.ROOT.relativize(folder).toString(), file -> true).stream()
                    .filter(file -> text.contains(folder.relativize(file).toString()))
                    .forEach(used::add);
        }

        assertThat(Repository.below("k8s", file -> true)).containsExactlyInAnyOrderElementsOf(used);
    }

    @Test
    void production_turns_on_every_component() {
        String production = Repository.text(Repository.file("k8s/overlays/production/kustomization.yaml"));

        assertThat(Repository.file("k8s/components").toFile().list())
                .hasSize(7)
                .allSatisfy(component -> assertThat(production).contains("../../components/" + component + "\n"));
    }

    /** super-heroes has 68,189 lines and does less. */
    @Test
    void all_yaml_of_the_deployment_can_be_read_in_one_sitting() {
        Predicate<Path> yaml = file -> file.toString().matches(".*\\.ya?ml");
        long lines = Stream.concat(
                        Stream.of(Repository.file("docker-compose.yml")),
                        Stream.concat(
                                Repository.below("k8s", yaml).stream(), Repository.below("containers", yaml).stream()))
                .mapToLong(file -> Repository.text(file).lines().count())
                .sum();

        assertThat(lines).isLessThan(1_300);
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void a_pod_is_restricted(String overlay) {
        assertThat(Overlay.rendered(overlay).workloads()).isNotEmpty().allSatisfy(workload -> {
            JsonNode pod = Overlay.podOf(workload).path("spec");
            JsonNode context = pod.path("securityContext");
            assertThat(context.path("runAsNonRoot").asBoolean()).isTrue();
            assertThat(context.path("runAsUser").asInt()).isPositive();
            assertThat(Repository.at(context, "seccompProfile", "type").asText())
                    .isEqualTo("RuntimeDefault");
            assertThat(pod.path("automountServiceAccountToken").asBoolean(true)).isFalse();
            assertThat(pod.has("hostNetwork") || pod.has("hostPID") || pod.has("hostIPC"))
                    .isFalse();
            assertThat(Overlay.each(pod.path("volumes"))).noneMatch(volume -> volume.has("hostPath"));
            assertThat(Overlay.containersOf(workload)).allSatisfy(container -> {
                JsonNode own = container.path("securityContext");
                assertThat(own.path("allowPrivilegeEscalation").asBoolean(true)).isFalse();
                assertThat(own.path("readOnlyRootFilesystem").asBoolean()).isTrue();
                assertThat(Repository.at(own, "capabilities", "drop").toString())
                        .isEqualTo("[\"ALL\"]");
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void a_container_is_pinned_and_bounded(String overlay) {
        assertThat(Overlay.rendered(overlay).workloads().flatMap(workload -> Overlay.containersOf(workload).stream()))
                .allSatisfy(container -> {
                    assertThat(container.path("image").asText()).matches(PINNED);
                    for (String kind : List.of("requests", "limits")) {
                        assertThat(Repository.at(container, "resources", kind).has("cpu"))
                                .as(kind + " of CPU")
                                .isTrue();
                        assertThat(Repository.at(container, "resources", kind).has("memory"))
                                .as(kind + " of memory")
                                .isTrue();
                    }
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void what_answers_is_probed_and_what_ends_is_not(String overlay) {
        assertThat(Overlay.rendered(overlay).workloads()).allSatisfy(workload -> {
            boolean once = workload.path("kind").asText().equals("Job");
            assertThat(Overlay.each(Overlay.podOf(workload).path("spec").path("containers")))
                    .allSatisfy(container -> {
                        for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
                            assertThat(container.has(probe)).as(probe).isEqualTo(!once);
                        }
                    });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void ports_are_those_that_the_service_is_told_to_listen_on(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);

        assertThat(Repository.SERVICES).allSatisfy(service -> {
            Properties settings = Manifests.settings(service);
            int port = Integer.parseInt(settings.getProperty("quarkus.http.port"));
            int management = Integer.parseInt(settings.getProperty("quarkus.management.port"));
            JsonNode container = app(rendered, service);
            assertThat(Overlay.each(container.path("ports"))
                            .map(named -> named.path("name").asText() + " "
                                    + named.path("containerPort").asInt()))
                    .containsExactly("http " + port, "management " + management);
            assertThat(management).isEqualTo(port + 1000);
            for (String probe : List.of("startup", "liveness", "readiness")) {
                assertThat(Repository.at(container, probe + "Probe", "httpGet", "port")
                                .asText())
                        .isEqualTo("management");
            }
            assertThat(Repository.at(container, "startupProbe", "httpGet", "path")
                            .asText())
                    .as("/q/health/started is the broker's to say: OutageStoryIT")
                    .isEqualTo("/q/health/live");
            JsonNode reached = rendered.ofKind("Service")
                    .filter(named(service))
                    .findFirst()
                    .orElseThrow();
            assertThat(Overlay.each(Repository.at(reached, "spec", "ports"))
                            .map(each -> each.path("port").asInt()))
                    .as("only the public port is reachable through the service")
                    .containsExactly(port);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void a_service_and_a_budget_select_the_pods_of_their_name(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);

        assertThat(Repository.SERVICES).allSatisfy(service -> {
            JsonNode labels = Repository.at(Overlay.podOf(deployment(rendered, service)), "metadata", "labels");
            JsonNode budget = rendered.ofKind("PodDisruptionBudget")
                    .filter(named(service))
                    .findFirst()
                    .orElseThrow();
            JsonNode reached = rendered.ofKind("Service")
                    .filter(named(service))
                    .findFirst()
                    .orElseThrow();
            assertThat(labels.path("app.kubernetes.io/name").asText()).isEqualTo(service);
            for (JsonNode selector : List.of(
                    Repository.at(budget, "spec", "selector", "matchLabels"),
                    Repository.at(reached, "spec", "selector"))) {
                assertThat(selector.properties()).isNotEmpty().allSatisfy(label -> assertThat(
                                labels.path(label.getKey()))
                        .isEqualTo(label.getValue()));
            }
        });
    }

    /** A node or a zone that goes takes no service with it, also right after a new version was rolled out. */
    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void the_pods_of_each_version_of_a_service_are_spread_over_zones_and_nodes(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);

        assertThat(Repository.SERVICES).allSatisfy(service -> {
            JsonNode pod = Overlay.podOf(deployment(rendered, service));
            JsonNode spread = pod.path("spec").path("topologySpreadConstraints");
            assertThat(Overlay.each(spread).map(each -> each.path("topologyKey").asText()))
                    .containsExactly("topology.kubernetes.io/zone", "kubernetes.io/hostname");
            assertThat(Overlay.each(spread)).allSatisfy(each -> {
                assertThat(Overlay.each(each.path("matchLabelKeys")).map(JsonNode::asText))
                        .containsExactly("app.kubernetes.io/name", "pod-template-hash");
                assertThat(Repository.at(each, "labelSelector", "matchLabels").properties())
                        .isNotEmpty()
                        .isSubsetOf(Repository.at(pod, "metadata", "labels").properties());
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void there_is_time_to_drain_before_the_pod_is_killed(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);

        assertThat(Repository.SERVICES).allSatisfy(service -> {
            JsonNode pod = Overlay.podOf(deployment(rendered, service)).path("spec");
            int grace = pod.path("terminationGracePeriodSeconds").asInt();
            int pause = Repository.at(app(rendered, service), "lifecycle", "preStop", "sleep", "seconds")
                    .asInt();
            assertThat(pause).isPositive();
            assertThat(pause + seconds(service, "delay") + seconds(service, "timeout") + 10)
                    .isLessThanOrEqualTo(grace);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void what_is_mounted_is_defined_and_a_secret_is_never_a_variable(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);
        Set<String> maps = rendered.ofKind("ConfigMap").map(Overlay::nameOf).collect(Collectors.toSet());

        assertThat(rendered.workloads()).allSatisfy(workload -> {
            JsonNode volumes = Overlay.podOf(workload).path("spec").path("volumes");
            Set<String> names = Overlay.each(volumes)
                    .map(volume -> volume.path("name").asText())
                    .collect(Collectors.toSet());
            Overlay.each(Repository.at(workload, "spec", "volumeClaimTemplates"))
                    .map(Overlay::nameOf)
                    .forEach(names::add);
            assertThat(Overlay.each(volumes).filter(volume -> volume.has("configMap")))
                    .allSatisfy(volume -> assertThat(maps)
                            .contains(Repository.at(volume, "configMap", "name").asText()));
            assertThat(Overlay.containersOf(workload)).allSatisfy(container -> {
                assertThat(Overlay.each(container.path("volumeMounts"))
                                .map(mount -> mount.path("name").asText()))
                        .isSubsetOf(names);
                assertThat(container.has("envFrom")).isFalse();
                assertThat(Overlay.each(container.path("env"))).noneMatch(variable -> variable.has("valueFrom"));
            });
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"local", "production"})
    void whoever_has_a_database_brings_its_schema_up_to_date_first(String overlay) {
        Overlay rendered = Overlay.rendered(overlay);

        assertThat(Repository.SERVICES).allSatisfy(service -> {
            boolean database = Manifests.settings(service).containsKey("quarkus.datasource.jdbc.url");
            JsonNode pod = Overlay.podOf(deployment(rendered, service)).path("spec");
            assertThat(Overlay.each(pod.path("initContainers"))
                            .map(container -> container.path("name").asText()))
                    .isEqualTo(database ? List.of("migrate") : List.of());
            if (database) {
                JsonNode migrate = pod.path("initContainers").path(0);
                assertThat(migrate.path("image"))
                        .isEqualTo(app(rendered, service).path("image"));
                assertThat(variable(migrate, "QUARKUS_INIT_AND_EXIT")).isEqualTo("true");
                // It waits for the database by itself: Kubernetes would try again ever more rarely.
                assertThat(variable(migrate, "QUARKUS_FLYWAY_CONNECT_RETRIES")).isEqualTo("60");
                assertThat(variable(migrate, "QUARKUS_FLYWAY_CONNECT_RETRIES_INTERVAL"))
                        .isEqualTo("5S");
                assertThat(variable(app(rendered, service), "QUARKUS_FLYWAY_MIGRATE_AT_START"))
                        .isEqualTo("false");
                assertThat(variable(migrate, "QUARKUS_DATASOURCE_JDBC_URL"))
                        .isEqualTo(variable(app(rendered, service), "QUARKUS_DATASOURCE_JDBC_URL"));
            }
        });
    }

    @Test
    void production_keeps_data_three_times_and_scales_what_it_does_not_count() {
        Overlay production = Overlay.rendered("production");

        assertThat(production.ofKind("KafkaNodePool").map(pool -> Repository.at(pool, "spec", "replicas")
                        .asInt()))
                .containsExactly(3);
        assertThat(production.ofKind("KafkaTopic")).hasSize(4).allSatisfy(topic -> {
            assertThat(Repository.at(topic, "spec", "replicas").asInt()).isEqualTo(3);
            assertThat(Repository.at(topic, "spec", "config", "min.insync.replicas")
                            .asInt())
                    .isEqualTo(2);
        });
        assertThat(production.ofKind("Cluster")).hasSize(2).allSatisfy(cluster -> {
            assertThat(Repository.at(cluster, "spec", "instances").asInt()).isEqualTo(3);
            assertThat(production.ofKind("ScheduledBackup").map(backup -> Repository.at(
                                    backup, "spec", "cluster", "name")
                            .asText()))
                    .contains(Overlay.nameOf(cluster));
        });
        Stream<String> scaled = Stream.concat(
                        production.ofKind("ScaledObject"), production.ofKind("HorizontalPodAutoscaler"))
                .map(scaler ->
                        Repository.at(scaler, "spec", "scaleTargetRef", "name").asText());
        assertThat(scaled)
                .containsExactlyInAnyOrder("order-service", "webhook-ingress")
                .allSatisfy(name -> assertThat(Repository.at(deployment(production, name), "spec")
                                .has("replicas"))
                        .as("replicas of " + name + " fight with its autoscaler")
                        .isFalse());
    }

    /** Its view exists where the operator is told a setting of it, and nowhere else. */
    @Test
    void a_database_keeps_the_statistics_that_a_runbook_asks_for() {
        assertThat(Repository.text(Repository.file("docs/runbooks/api-slow.md")))
                .contains("pg_stat_statements");

        assertThat(Overlay.rendered("production").ofKind("Cluster")).hasSize(2).allSatisfy(cluster -> assertThat(
                        Repository.at(cluster, "spec", "postgresql", "parameters")
                                .properties())
                .extracting(Map.Entry::getKey)
                .anyMatch(setting -> setting.startsWith("pg_stat_statements.")));
    }

    @Test
    void a_scaler_never_asks_for_more_consumers_than_partitions() {
        Overlay production = Overlay.rendered("production");
        JsonNode scaler = production.ofKind("ScaledObject").findFirst().orElseThrow();
        String topic = Repository.at(scaler, "spec", "triggers")
                .path(0)
                .path("metadata")
                .path("topic")
                .asText();

        int partitions = production
                .ofKind("KafkaTopic")
                .filter(named(topic))
                .mapToInt(each -> Repository.at(each, "spec", "partitions").asInt())
                .findFirst()
                .orElseThrow();

        assertThat(Repository.at(scaler, "spec", "maxReplicaCount").asInt()).isEqualTo(partitions);
    }

    /** The broker makes no topics by itself, and refuses whom it does not know to be allowed. */
    @Test
    void order_service_may_read_whatever_it_listens_to() {
        Overlay production = Overlay.rendered("production");
        List<JsonNode> allowed = production
                .ofKind("KafkaUser")
                .filter(named("order-service"))
                .flatMap(user -> Overlay.each(Repository.at(user, "spec", "authorization", "acls")))
                .filter(acl -> acl.path("operations").toString().contains("\"Read\""))
                .map(acl -> acl.path("resource"))
                .toList();

        Map<String, List<String>> read = LISTENS.matcher(
                        Repository.text(Repository.file("order-service/src/main/resources/application.properties")))
                .results()
                .collect(Collectors.groupingBy(
                        line -> line.group(1), Collectors.mapping(line -> line.group(2), Collectors.toList())));

        assertThat(read.get("topic"))
                .isNotEmpty()
                .isSubsetOf(production.ofKind("KafkaTopic").map(Overlay::nameOf).toList());
        assertThat(read).containsOnlyKeys("topic", "group").allSatisfy((type, names) -> assertThat(names)
                .allSatisfy(name -> assertThat(allowed).anyMatch(resource -> covers(resource, type, name))));
    }

    /** Gateways have timeouts of their own unless told otherwise; a watcher's answer has no end. */
    @ParameterizedTest
    @CsvSource({"production, order-service", "operators, operators"})
    void no_gateway_cuts_a_stream_off(String overlay, String route) {
        assertThat(rules(overlay, route)).isNotEmpty().allSatisfy(rule -> assertThat(
                        Repository.at(rule, "timeouts", "request").asText())
                .isEqualTo("0s"));
    }

    /** A new resource of order-service is on one side or the other. */
    @Test
    void what_is_for_operators_is_not_public() {
        Set<String> forOperators =
                Set.of("/api-keys", "/console", "/dead-letters", "/reconciliation", "/webhook-events");
        Set<String> resources =
                Repository.below("order-service/src/main", file -> file.toString()
                                .endsWith("Resource.java"))
                        .stream()
                        .flatMap(file -> RESOURCE.matcher(Repository.text(file)).results())
                        .map(path -> path.group(1))
                        .collect(Collectors.toSet());

        Set<String> open = rules("production", "order-service")
                .flatMap(rule -> rule.has("matches") ? Overlay.each(rule.path("matches")) : Stream.of(rule))
                .map(match -> Repository.at(match, "path", "value").asText("everything"))
                .collect(Collectors.toSet());

        assertThat(open).doesNotContainAnyElementsOf(forOperators).contains("/q/openapi");
        open.remove("/q/openapi");
        open.addAll(forOperators);
        assertThat(open).isEqualTo(resources);
    }

    @Test
    void operators_come_in_by_a_gateway_of_their_own() {
        Overlay operators = Overlay.rendered("operators");
        JsonNode route = operators
                .ofKind("HTTPRoute")
                .filter(named("operators"))
                .findFirst()
                .orElseThrow();

        assertThat(Overlay.rendered("production").ofKind("Gateway").map(Overlay::nameOf))
                .containsExactly("bellhop");
        assertThat(Repository.at(route, "spec", "parentRefs").findValuesAsText("name"))
                .containsExactly("operators");
        assertThat(operators.ofKind("Gateway").map(Overlay::nameOf)).contains("operators");
    }

    /** Each service has a way of its own to forget a key. */
    @Test
    void the_page_about_rotation_says_how_each_service_forgets_a_key() {
        String page = Repository.text(Repository.file("docs/runbooks/rotate-secrets.md"));

        assertThat(Repository.SERVICES.stream().filter(service -> Manifests.settings(service).values().stream()
                        .anyMatch(value -> value.toString().endsWith("/api-keys"))))
                .hasSize(3)
                .allSatisfy(service -> assertThat(page).contains("\n- at " + service + " "));
    }

    @Test
    void scripts_can_be_run() {
        assertThat(List.of("k8s/overlays/local/demo", "k8s/overlays/local/postgres-init", "containers/train"))
                .allMatch(file -> Files.isExecutable(Repository.file(file)));
    }

    private static boolean covers(JsonNode resource, String type, String name) {
        String pattern = resource.path("name").asText();
        return resource.path("type").asText().equals(type)
                && (resource.path("patternType").asText().equals("prefix")
                        ? name.startsWith(pattern)
                        : name.equals(pattern));
    }

    private static int seconds(String service, String shutdown) {
        String value = Manifests.settings(service).getProperty("quarkus.shutdown." + shutdown);
        return Integer.parseInt(value.replace("s", ""));
    }

    private static Stream<JsonNode> rules(String overlay, String route) {
        return Overlay.rendered(overlay)
                .ofKind("HTTPRoute")
                .filter(named(route))
                .flatMap(found -> Overlay.each(Repository.at(found, "spec", "rules")));
    }

    private static Predicate<JsonNode> named(String name) {
        return object -> Overlay.nameOf(object).equals(name);
    }

    private static JsonNode deployment(Overlay overlay, String name) {
        return overlay.ofKind("Deployment").filter(named(name)).findFirst().orElseThrow();
    }

    private static JsonNode app(Overlay overlay, String name) {
        return Overlay.podOf(deployment(overlay, name))
                .path("spec")
                .path("containers")
                .path(0);
    }

    private static String variable(JsonNode container, String name) {
        return Overlay.each(container.path("env"))
                .filter(variable -> variable.path("name").asText().equals(name))
                .map(variable -> variable.path("value").asText())
                .findFirst()
                .orElse("");
    }
}
