package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.domain.UnreadableSignature;
import java.io.IOException;
import java.time.Clock;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class PayPalCertificatesTest {

    private static final String BASE = "https://api.paypal.com/v1/notifications/certs/";

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final PayPalCertificates certificates = new PayPalCertificates(this::nothing, Set.of(), Clock.systemUTC());

    @Test
    void while_one_waits_for_paypal_no_other_does() throws Exception {
        // Given
        assertThat(certificates.publicKey(BASE + "known")).isNull();
        CompletableFuture<Boolean> first =
                CompletableFuture.supplyAsync(() -> certificates.publicKey(BASE + "slow") == null);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        // When
        try {
            assertThatThrownBy(() -> certificates.publicKey(BASE + "another"))
                    .isInstanceOf(UnreadableSignature.class)
                    .hasMessage("overloaded");
            assertThat(certificates.publicKey(BASE + "known")).isNull();
        } finally {
            answered.countDown();
        }

        // Then
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(certificates.publicKey(BASE + "another")).isNull();
    }

    private byte[] nothing(String url) throws IOException {
        if (url.endsWith("slow")) {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        throw new IOException("nothing there");
    }
}
