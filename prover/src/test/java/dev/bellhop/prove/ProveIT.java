package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.TemporaryFolder;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The short run: every kind of disturbance once. {@code ./bellhop prove} is the long one. */
class ProveIT {

    private static final long SEED = 2;

    @Test
    void every_promise_is_kept_while_everything_is_broken_once() throws IOException, InterruptedException {
        // Given
        var schedule =
                Disturbance.schedule(SEED, Duration.ofSeconds(3L * Disturbance.values().length), Duration.ofSeconds(3));
        Trial trial = new Trial(240, 8, SEED, schedule, Trial.Pace.NORMAL, Map.of(), "");
        TemporaryFolder folder = TemporaryFolder.create("bellhop-prove-");

        // When
        Trial.Outcome outcome = trial.run(folder, standing -> {});

        // Then
        assertThat(outcome.verdicts()).extracting(Verdict::broken).allSatisfy(broken -> assertThat(broken)
                .isEmpty());
        assertThat(outcome.verdicts()).noneMatch(Verdict::untested);
        folder.delete();
    }
}
