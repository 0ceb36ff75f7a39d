package dev.bellhop.ingress;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The sources that the service has in tests, with their secrets in files as in production. */
public final class TestSources implements QuarkusTestResourceLifecycleManager {

    static final String PAYMENTS_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    static final String PAYMENTS_FORMER_SECRET = "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD";

    @Override
    public Map<String, String> start() {
        return Map.of(
                "webhooks.sources.payments.scheme", "standard-webhooks",
                "webhooks.sources.payments.secret-file",
                        file(
                                "payments",
                                PAYMENTS_SECRET,
                                PAYMENTS_FORMER_SECRET + " 2020-01-01T00:00:00Z 2100-01-01T00:00:00Z"),
                "webhooks.sources.payments.max-body", "16K",
                "webhooks.body-timeout", "1S");
    }

    private static String file(String name, String... lines) {
        try {
            Path folder = Files.createDirectories(Path.of("target", "secrets"));
            return Files.write(folder.resolve(name), List.of(lines))
                    .toAbsolutePath()
                    .toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // files below target
    }
}
