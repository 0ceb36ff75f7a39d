package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.RealPostgres;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two processes: one goes on while the other is started again with another keys file. */
class RevokedKeyIT {

    private static final String KEPT = "kept-key-0123456789-abcde";
    private static final String REVOKED = "revoked-key-0123456789-ab";

    private final Map<String, String> database = new RealPostgres().start();

    @Test
    void a_key_whose_line_is_gone_is_soon_refused_by_every_instance(@TempDir Path folder) throws Exception {
        // Given
        Path file = folder.resolve("keys");
        Map<String, String> keys = Map.of("gateway.keys-file", file.toString());
        Files.writeString(file, KEPT + " alice payments:read\n" + REVOKED + " alice payments:read\n");
        try (PackagedGateway running = PackagedGateway.start(database, keys)) {
            assertThat(running.asks(REVOKED)).isEqualTo(200);
            Files.writeString(file, KEPT + " alice payments:read\n");

            // When
            try (PackagedGateway restarted = PackagedGateway.start(database, keys)) {
                // Then
                assertThat(restarted.asks(REVOKED)).isEqualTo(401);
                assertThat(restarted.asks(KEPT)).isEqualTo(200);
                await().atMost(Duration.ofSeconds(11))
                        .untilAsserted(() -> assertThat(running.asks(REVOKED)).isEqualTo(401));
                assertThat(running.asks(KEPT)).isEqualTo(200);
            }
        }
    }
}
