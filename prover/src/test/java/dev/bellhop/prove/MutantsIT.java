package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Service;
import dev.bellhop.local.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The prover can fail: each deliberate bug is caught, and by the guarantee that it breaks. Eight minutes, so not always. */
@EnabledIfSystemProperty(named = "mutants", matches = "true", disabledReason = "run it by mvn verify -Dmutants=true")
class MutantsIT {

    private static final Trial.Pace QUICK =
            new Trial.Pace(Duration.ofSeconds(2), Duration.ofSeconds(6), Duration.ofSeconds(12));

    @ParameterizedTest
    @CsvSource({
        "acknowledged-before-the-broker, G1, is not on the topic",
        "no-inbox, G2, changed twice",
        "last-writer-wins, G3, 'was paid, and became'",
        "early-events-forgotten, G4, is parked although",
        "no-owner-check, G5, a stranger asking for",
        "published-before-commit, G6, was announced when",
        "waits-for-the-broker, G7, a webhook without Kafka gave 503",
        "outage-is-poison, G8, dead-lettered without need",
        "expiry-unasked, G9, has expired unasked",
        "never-asks, G10, 'was lost, and is not made good'",
        "poison-tried-again, G11, the event behind a poison record was applied too late",
        "without-bounds, G12, 'with room for 128, 0 were refused early'"
    })
    void a_bug_is_caught_and_named(String mutant, Guarantee guarantee, String complaint)
            throws IOException, InterruptedException {
        // Given
        Trial trial = new Trial(80, 10, 42, disturbance(mutant), QUICK, mutants(), "bellhop.mutant=" + mutant + "\n");
        TemporaryFolder folder = TemporaryFolder.create("bellhop-mutant-");

        // When
        Trial.Outcome outcome = trial.run(folder, standing -> {});

        // Then
        assertThat(broken(outcome)).hasEntrySatisfying(guarantee, broken -> assertThat(broken)
                .anySatisfy(line -> assertThat(line).contains(complaint)));
        folder.delete();
    }

    /** Only where a bug needs one to show. */
    private static List<Disturbance.Planned> disturbance(String mutant) {
        return switch (mutant) {
            case "no-inbox" -> after2s(Disturbance.REPLAYS);
            case "acknowledged-before-the-broker", "waits-for-the-broker" -> after2s(Disturbance.STOP_KAFKA);
            case "outage-is-poison" -> after2s(Disturbance.STOP_POSTGRES);
            case "poison-tried-again" -> after2s(Disturbance.POISON);
            case "without-bounds" -> after2s(Disturbance.FLOOD);
            default -> List.of();
        };
    }

    private static List<Disturbance.Planned> after2s(Disturbance disturbance) {
        return List.of(new Disturbance.Planned(disturbance, Duration.ofSeconds(2), Duration.ofSeconds(1)));
    }

    private static Map<Guarantee, List<String>> broken(Trial.Outcome outcome) {
        return outcome.verdicts().stream()
                .filter(verdict -> !verdict.broken().isEmpty())
                .collect(Collectors.toMap(Verdict::guarantee, Verdict::broken));
    }

    private static Map<Service, Path> mutants() {
        return Map.of(
                Service.ORDER_SERVICE, jar("order-service"),
                Service.WEBHOOK_INGRESS, jar("webhook-ingress"));
    }

    private static Path jar(String service) {
        return Path.of("..", "mutants", service, "target", "quarkus-app", "quarkus-run.jar")
                .toAbsolutePath()
                .normalize();
    }
}
