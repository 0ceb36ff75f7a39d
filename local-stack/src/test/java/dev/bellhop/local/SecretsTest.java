package dev.bellhop.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {

    @Test
    void keys_are_made_once_and_kept(@TempDir Path folder) throws IOException {
        // Given
        Secrets first = secrets(folder);

        // When
        Secrets second = secrets(folder);

        // Then
        assertThat(second.apiKey()).isEqualTo(first.apiKey());
        assertThat(second.operatorKey()).isEqualTo(first.operatorKey());
        assertThat(second.gatewayKey()).isEqualTo(first.gatewayKey());
        assertThat(second.webhookSecret()).isEqualTo(first.webhookSecret());
    }

    @Test
    void no_two_folders_share_a_key(@TempDir Path one, @TempDir Path other) throws IOException {
        // When
        Secrets first = secrets(one);
        Secrets second = secrets(other);

        // Then
        assertThat(second.apiKey()).isNotEqualTo(first.apiKey()).hasSizeGreaterThan(40);
        assertThat(second.webhookSecret()).isNotEqualTo(first.webhookSecret());
    }

    @Test
    void the_webhook_secret_has_32_bytes(@TempDir Path folder) throws IOException {
        // When
        String secret = secrets(folder).webhookSecret();

        // Then
        assertThat(secret).startsWith("whsec_");
        assertThat(Base64.getDecoder().decode(secret.substring("whsec_".length())))
                .hasSize(32);
    }

    @Test
    void the_source_that_plays_paypal_trusts_a_key_of_its_own(@TempDir Path folder) throws IOException {
        // Given
        SampleSource paypal = SampleSource.ALL.stream()
                .filter(source -> source.scheme().equals("paypal"))
                .findFirst()
                .orElseThrow();
        Secrets secrets = secrets(folder);

        // When
        String webhookId = Files.readString(secrets.secretFile(paypal)).strip();

        // Then
        Path own = folder.resolve("secrets");
        assertThat(Files.readString(own.resolve("paypal-private-key"))).startsWith(webhookId + ":");
        assertThat(secrets.options(paypal))
                .containsEntry(
                        "public-key",
                        Files.readString(own.resolve("paypal-public-key")).strip());
        assertThat(secrets(folder).options(paypal)).isEqualTo(secrets.options(paypal));
    }

    @Test
    void nobody_else_can_read_them(@TempDir Path folder) throws IOException {
        // When
        secrets(folder);

        // Then
        Path secrets = folder.resolve("secrets");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(secrets)) {
            List<String> permissions =
                    files.map(SecretsTest::permissions).distinct().toList();
            assertThat(permissions).containsExactly("rw-------");
        }
    }

    @Test
    void each_service_knows_its_keys(@TempDir Path folder) throws IOException {
        // When
        Secrets secrets = secrets(folder);

        // Then
        assertThat(secrets.keysFile(Service.ORDER_SERVICE))
                .hasContent(secrets.apiKey() + " demo orders:read,orders:write\n" + secrets.operatorKey()
                        + " operator orders:read,orders:write,catalog:write,operator\n");
        assertThat(secrets.keysFile(Service.PAYMENT_GATEWAY))
                .hasContent(secrets.gatewayKey() + " merchant payments:read,payments:write,operator\n");
        assertThat(secrets.keysFile(Service.WEBHOOK_INGRESS))
                .hasContent(secrets.operatorKey() + " operator operator\n");
    }

    private static String permissions(Path file) {
        try {
            return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Secrets secrets(Path folder) throws IOException {
        return new Secrets(folder.resolve("secrets"), new SecureRandom());
    }
}
