package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ComposeTest {

    private static final Pattern PINNED = Pattern.compile(".+:v?[0-9]+(\\.[0-9]+)+.*");

    @TestFactory
    Stream<DynamicTest> a_container_is_hardened_and_bounded() {
        return each((name, service) -> {
            assertThat(service.path("image").asText()).as("pinned image").matches(PINNED);
            assertThat(service.path("read_only").asBoolean())
                    .as("read-only root")
                    .isTrue();
            assertThat(service.path("cap_drop").toString()).isEqualTo("[\"ALL\"]");
            assertThat(service.path("security_opt").toString()).contains("no-new-privileges:true");
            assertThat(service.has("mem_limit")).as("memory limit").isTrue();
            assertThat(service.has("cpus")).as("CPU limit").isTrue();
            assertThat(service.has("pids_limit")).as("process limit").isTrue();
            assertThat(service.path("privileged").asBoolean()).isFalse();
        });
    }

    @TestFactory
    Stream<DynamicTest> a_port_is_published_on_loopback_only() {
        return each((name, service) -> assertThat(
                        Overlay.each(service.path("ports")).map(JsonNode::asText))
                .allSatisfy(port -> assertThat(port).startsWith("127.0.0.1:")));
    }

    @TestFactory
    Stream<DynamicTest> no_secret_is_written_down() {
        return each((name, service) -> assertThat(service.path("environment").properties())
                .noneMatch(variable -> variable.getKey().matches("(?i).*(password|secret|token|key)")));
    }

    @TestFactory
    Stream<DynamicTest> whatever_stays_up_and_is_waited_for_has_a_healthcheck() {
        return each((name, service) -> service.path("depends_on").properties().forEach(dependency -> {
            JsonNode needed = Compose.service(dependency.getKey());
            boolean once = needed.path("restart").asText().equals("no");
            assertThat(dependency.getValue().path("condition").asText())
                    .isEqualTo(once ? "service_completed_successfully" : "service_healthy");
            assertThat(needed.has("healthcheck")).as(dependency.getKey()).isEqualTo(!once);
        }));
    }

    @TestFactory
    Stream<DynamicTest> a_file_that_is_mounted_exists_and_a_volume_is_declared() {
        return each((name, service) -> Overlay.each(service.path("volumes"))
                .map(volume -> volume.asText().split(":", 2)[0])
                .forEach(source -> {
                    if (source.startsWith("./")) {
                        assertThat(Repository.file(source.substring(2))).exists();
                    } else {
                        assertThat(Compose.file().path("volumes").has(source))
                                .as(source)
                                .isTrue();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> a_service_is_built_here_and_published_on_the_port_that_it_listens_on() {
        return Repository.SERVICES.stream()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    JsonNode service = Compose.service(name);
                    String port = Manifests.settings(name).getProperty("quarkus.http.port");
                    assertThat(Repository.at(service, "build", "args", "SERVICE")
                                    .asText())
                            .isEqualTo(name);
                    assertThat(Repository.file(Repository.at(service, "build", "dockerfile")
                                    .asText()))
                            .exists();
                    assertThat(Overlay.each(service.path("ports")).map(JsonNode::asText))
                            .containsExactly("127.0.0.1:" + port + ":" + port);
                    assertThat(Overlay.each(service.path("volumes")).map(JsonNode::asText))
                            .contains("./k8s/base/" + name + ".properties:/app/config/application.properties:ro");
                }));
    }

    /** Compose 1.29, which Debian still ships, refuses these. */
    @Test
    void an_old_compose_can_read_it() {
        assertThat(Compose.file().has("name")).isFalse();
        assertThat(Compose.services())
                .noneMatch(service -> service.getValue().has("develop")
                        || service.getValue().path("healthcheck").has("start_interval")
                        || Overlay.each(service.getValue().path("depends_on"))
                                .anyMatch(needed -> needed.has("required")));
    }

    @Test
    void the_image_runs_as_a_number_and_pins_what_it_is_built_from() {
        String file = Repository.text(Repository.file("Containerfile"));

        assertThat(file.lines().filter(line -> line.startsWith("USER "))).containsExactly("USER 10001:10001");
        assertThat(file.lines().filter(line -> line.matches("ARG (BUILDER|RUNTIME)=.*")))
                .hasSize(2)
                .allMatch(line -> PINNED.matcher(line).matches());
        assertThat(file).contains("HEALTHCHECK", "LABEL org.opencontainers.image.title", "/app/train");
        assertThat(Files.isExecutable(Repository.file("containers/healthcheck")))
                .isTrue();
    }

    private static Stream<DynamicTest> each(Rule rule) {
        return Compose.services()
                .map(service -> DynamicTest.dynamicTest(
                        service.getKey(), () -> rule.check(service.getKey(), service.getValue())));
    }

    private interface Rule {
        void check(String name, JsonNode service);
    }
}
