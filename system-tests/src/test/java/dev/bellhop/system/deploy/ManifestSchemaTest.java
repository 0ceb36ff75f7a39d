package dev.bellhop.system.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestSchemaTest {

    @ParameterizedTest
    @ValueSource(strings = {"local", "operators", "production"})
    void every_object_of_an_overlay_is_valid_to_the_last_field(String overlay) {
        // Given
        StrictSchemas schemas = StrictSchemas.given();

        // When
        Stream<String> faults = Overlay.rendered(overlay).objects().stream()
                .flatMap(object -> schemas.faultsOf(object).stream()
                        .map(fault -> object.path("kind").asText() + " " + Overlay.nameOf(object) + ": " + fault));

        // Then
        assertThat(faults).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("spots")
    void a_misspelt_field_is_a_fault(String kind, String pointer) {
        // Given
        StrictSchemas schemas = StrictSchemas.given();
        JsonNode object = Overlay.rendered("production")
                .ofKind(kind)
                .findFirst()
                .orElseThrow()
                .deepCopy();
        ((ObjectNode) object.at(pointer)).put("replicsa", 2);

        // When
        var faults = schemas.faultsOf(object);

        // Then
        assertThat(faults).singleElement().asString().contains("replicsa");
    }

    static Stream<Arguments> spots() {
        return Stream.of(
                Arguments.of("Deployment", "/spec"),
                Arguments.of("Deployment", "/spec/template/spec/containers/0"),
                Arguments.of("Deployment", "/metadata"),
                Arguments.of("Kafka", "/spec/kafka"),
                Arguments.of("Cluster", "/spec/storage"),
                Arguments.of("ScaledObject", "/metadata"),
                Arguments.of("NetworkPolicy", "/spec"),
                Arguments.of("HTTPRoute", "/spec"),
                Arguments.of("PrometheusRule", "/spec"));
    }

    @Test
    void the_compose_file_is_valid() {
        // Given
        StrictSchemas schemas = StrictSchemas.given();

        // When
        var faults = schemas.faultsOfCompose(Compose.file());

        // Then
        assertThat(faults).isEmpty();
    }

    @Test
    void a_misspelt_field_of_the_compose_file_is_a_fault() {
        // Given
        StrictSchemas schemas = StrictSchemas.given();
        JsonNode file = Compose.file().deepCopy();
        ((ObjectNode) Repository.at(file, "services", "kafka")).put("mem_limitt", "1g");

        // When
        var faults = schemas.faultsOfCompose(file);

        // Then
        assertThat(faults).isNotEmpty();
    }
}
