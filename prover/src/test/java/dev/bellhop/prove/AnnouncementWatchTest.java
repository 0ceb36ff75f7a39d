package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnnouncementWatchTest {

    @Test
    void one_that_cannot_go_on_is_seen(@TempDir Path folder) {
        // Given
        Api api = new Api(new Suite(SuitePlan.of(folder, PortPlan.free()), Progress.SILENT));
        Observation.Log seen = new Observation.Log();

        // When
        new AnnouncementWatch("no-address", api, seen).start().close();

        // Then
        assertThat(seen.of(Guarantee.G6)).singleElement().satisfies(observation -> assertThat(observation.kept())
                .isFalse());
    }
}
