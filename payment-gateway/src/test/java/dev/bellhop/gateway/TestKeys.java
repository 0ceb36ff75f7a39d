package dev.bellhop.gateway;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The keys that the tests call with, and leave to send webhooks to this machine. */
public final class TestKeys implements QuarkusTestResourceLifecycleManager {

    static final String OPERATOR = "operator-key-of-the-tests";
    static final String ALICE = "alices-key-0123456789-abc";
    static final String BOB = "bobs-key-0123456789-abcde";
    static final String READER = "readers-key-0123456789-ab";

    @Override
    public Map<String, String> start() {
        try {
            Path file = Files.createTempFile("gateway", ".keys");
            Files.writeString(
                    file,
                    """
                    # owner and scopes
                    %s operator payments:read,payments:write,operator
                    %s alice payments:read,payments:write
                    %s bob payments:read,payments:write
                    %s alice payments:read
                    """
                            .formatted(OPERATOR, ALICE, BOB, READER));
            return Map.of(
                    "gateway.keys-file", file.toString(),
                    "gateway.delivery.allow-private-addresses", "true",
                    "gateway.queries.per-second", "5",
                    "gateway.queries.burst", "60",
                    "gateway.http.body-timeout", "2S",
                    "quarkus.http.test-port", "0",
                    "quarkus.management.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // The file goes with the machine's temporary folder.
    }
}
