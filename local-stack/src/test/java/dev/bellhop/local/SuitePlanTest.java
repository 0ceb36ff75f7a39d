package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SuitePlanTest {

    private static final Path ROOT = Path.of("..");

    /** Apart from the heap, which is a share of the limit there, and the cache of classes, which only an image has. */
    @Test
    void the_services_run_with_the_options_of_their_containers() throws IOException {
        // Given
        List<String> here = SuitePlan.of(Path.of("."), PortPlan.standard()).serviceOptions().stream()
                .filter(option -> option.startsWith("-XX:"))
                .toList();

        // When
        List<String> inContainers = common(Files.readAllLines(ROOT.resolve("containers/jvm.options")).stream());
        String ofJib = Files.readAllLines(ROOT.resolve("pom.xml")).stream()
                .filter(line -> line.contains("<quarkus.jib.jvm-entrypoint>"))
                .findFirst()
                .orElseThrow();

        // Then
        assertThat(here).isNotEmpty().isEqualTo(inContainers);
        assertThat(common(Stream.of(ofJib.split(",")))).isEqualTo(here);
    }

    @Test
    void the_database_that_is_shown_is_one_that_is_used() {
        // Given
        SuitePlan everything = SuitePlan.of(Path.of("."), PortPlan.standard());

        // When
        SuitePlan gatewayAlone = everything.only(Set.of(Service.PAYMENT_GATEWAY));

        // Then
        assertThat(everything.database()).isEqualTo("orders");
        assertThat(gatewayAlone.database()).isEqualTo("gateway");
    }

    private static List<String> common(Stream<String> options) {
        return options.filter(option -> option.startsWith("-XX:"))
                .filter(option -> !option.startsWith("-XX:MaxRAMPercentage="))
                .filter(option -> !option.startsWith("-XX:AOTCache="))
                .toList();
    }
}
