package dev.bellhop.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Ports;
import dev.bellhop.testing.RealPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged service does not start with settings by which it could not keep what it promises. */
class RefusedSettingsIT {

    private static final Path LOG = Path.of("target", "refused-settings.log");
    private static final Map<String, String> DATABASE = new RealPostgres().start();

    @ParameterizedTest
    @CsvSource({
        "orders.idempotency.retention, PT23H, orders.idempotency.retention is shorter than the 24 hours we promise",
        "orders.rate-limit.per-second, 0, orders.rate-limit.per-second must be greater than or equal to 1",
        "orders.rate-limit.burst, 0, orders.rate-limit.burst must be greater than or equal to 1",
        "orders.asking.most, 0, orders.asking.most is 0: nothing would be asked",
        "orders.asking.per-round, 0, orders.asking.per-round is 0: nothing would be asked",
        "orders.http.body-timeout, PT0S, a body needs time to arrive"
    })
    void a_setting_that_could_not_work_stops_the_boot(String setting, String value, String reason) throws Exception {
        // Given
        Process refusing = start(Map.of(setting, value));

        // When
        boolean ended = refusing.waitFor(2, TimeUnit.MINUTES);
        refusing.destroyForcibly().waitFor();

        // Then
        assertThat(ended).as("it ends by itself").isTrue();
        assertThat(refusing.exitValue()).isNotZero();
        assertThat(Files.readString(LOG)).contains(reason);
    }

    private static Process start(Map<String, String> settings) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Dquarkus.http.host=127.0.0.1");
        command.add("-Dquarkus.http.port=" + Ports.free());
        command.add("-Dquarkus.management.host=127.0.0.1");
        command.add("-Dquarkus.management.port=" + Ports.free());
        command.add("-Dkafka.bootstrap.servers=127.0.0.1:" + Ports.free());
        command.add("-Dorders.provider.url=http://127.0.0.1:" + Ports.free());
        DATABASE.forEach((name, own) -> command.add("-D" + name + "=" + own));
        settings.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.addAll(List.of("-jar", "target/quarkus-app/quarkus-run.jar"));
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(LOG.toFile())
                .start();
    }
}
