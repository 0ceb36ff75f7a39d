package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StartIT {

    private static final Path LOGS = RunningSuite.get().plan().folder().resolve("logs");

    /** A warning means that someone should look. Of a slow machine the server may complain. */
    @ParameterizedTest
    @EnumSource
    void a_start_warns_of_nothing(Service service) throws IOException {
        List<String> start;
        try (Stream<String> lines = Files.lines(LOGS.resolve(service.folder() + ".log"))) {
            start = lines.takeWhile(line -> !line.contains("Installed features: "))
                    .toList();
        }

        assertThat(start)
                .anyMatch(line -> line.contains("Listening on: "))
                .filteredOn(line -> !line.contains("[BlockedThreadChecker]"))
                .noneMatch(line -> line.contains(" WARN ") || line.contains(" ERROR "));
    }
}
