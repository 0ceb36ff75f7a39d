package dev.bellhop.order.api;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** The keys that the tests call with. */
public final class TestKeys implements QuarkusTestResourceLifecycleManager {

    public static final String OPERATOR = "operator-key-of-the-tests";
    public static final String ALICE = "alices-key-0123456789-abc";
    public static final String BOB = "bobs-key-0123456789-abcde";
    public static final String READER = "readers-key-0123456789-ab";
    public static final String CATALOGUER = "cataloguers-key-0123456789";

    @Override
    public Map<String, String> start() {
        try {
            Path file = Files.createTempFile("orders", ".keys");
            Files.writeString(
                    file,
                    """
                    # owner and scopes
                    %s operator orders:read,orders:write,catalog:write,operator
                    %s alice orders:read,orders:write
                    %s bob orders:read,orders:write
                    %s alice orders:read
                    %s carol catalog:write
                    """
                            .formatted(OPERATOR, ALICE, BOB, READER, CATALOGUER));
            return Map.of(
                    "orders.keys-file", file.toString(),
                    "orders.stream.heartbeat", "1s",
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
