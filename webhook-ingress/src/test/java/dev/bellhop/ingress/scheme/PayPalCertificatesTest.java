package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bellhop.ingress.domain.ProofOutOfReach;
import dev.bellhop.ingress.domain.Reason;
import java.io.IOException;
import java.security.PublicKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PayPalCertificatesTest {

    private static final String BASE = "https://api.paypal.com/v1/notifications/certs/";

    /** {@code CERT-good}. */
    private static final Instant EXPIRED = Instant.parse("2120-01-01T00:00:00Z");

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch answered = new CountDownLatch(1);
    private final List<String> fetched = new ArrayList<>();
    private boolean gone;
    private boolean away;
    private boolean slow;
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource time = () -> now;
    private final Clock clock = time.withZone(ZoneOffset.UTC);
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
                    .isInstanceOf(ProofOutOfReach.class)
                    .hasMessage("overloaded");
            assertThat(certificates.publicKey(BASE + "known")).isNull();
        } finally {
            answered.countDown();
        }

        // Then
        assertThat(first.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(certificates.publicKey(BASE + "another")).isNull();
    }

    @Test
    void made_up_urls_are_asked_for_no_faster_than_the_rate() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);

        // When
        long overloaded = overloaded(paced, 0, 100);
        now = now.plusSeconds(1);
        long later = overloaded(paced, 100, 200);

        // Then
        assertThat(overloaded).isEqualTo(95);
        assertThat(later).isEqualTo(95);
        assertThat(fetched).hasSize(10);
        assertThat(paced.publicKey(BASE + "made-up-0")).isNull();
    }

    @Test
    void a_certificate_that_was_found_before_is_asked_for_again_whatever_forgers_do() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        PublicKey found = paced.publicKey(BASE + "CERT-good");
        now = now.plus(Duration.ofHours(13));

        // When
        long overloaded = overloaded(paced, 0, 100);

        // Then
        assertThat(overloaded).isEqualTo(95);
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull().isEqualTo(found);
    }

    @Test
    void a_certificate_is_renewed_while_another_that_was_never_found_is_waited_for() throws Exception {
        // Given
        PayPalCertificates paced =
                Schemes.testCertificates(clock, url -> url.endsWith("slow") ? nothing(url) : Schemes.certificate(url));
        PublicKey found = paced.publicKey(BASE + "CERT-good");
        now = now.plus(Duration.ofHours(13));
        CompletableFuture<Boolean> forgery =
                CompletableFuture.supplyAsync(() -> paced.publicKey(BASE + "slow") == null);
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        // When
        try {
            assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull().isEqualTo(found);
        } finally {
            answered.countDown();
        }

        // Then
        assertThat(forgery.get(20, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void a_certificate_that_is_gone_is_not_asked_for_each_time() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull();
        now = now.plus(Duration.ofHours(13));
        gone = true;
        fetched.clear();

        // When
        assertThat(paced.publicKey(BASE + "CERT-good")).isNull();
        assertThat(paced.publicKey(BASE + "CERT-good")).isNull();

        // Then
        assertThat(fetched).hasSize(1);
    }

    @Test
    void while_paypal_is_away_nobody_is_called_a_forger_and_it_is_asked_seldom() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        away = true;

        // When
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> paced.publicKey(BASE + "CERT-good")).hasMessage("certificate_unavailable");
        }
        now = now.plusSeconds(6);
        away = false;

        // Then
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull();
        assertThat(fetched).hasSize(2);
    }

    @Test
    void a_certificate_that_cannot_be_renewed_counts_until_it_expires() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        PublicKey found = paced.publicKey(BASE + "CERT-good");
        away = true;

        // When
        assertThat(overloaded(paced, 0, 100)).isEqualTo(96);

        // Then
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull().isEqualTo(found);
        now = now.plus(Duration.ofHours(13));
        fetched.clear();
        assertThat(paced.publicKey(BASE + "CERT-good")).isEqualTo(found);
        assertThat(paced.publicKey(BASE + "CERT-good")).isEqualTo(found);
        assertThat(fetched).hasSize(1);
        now = EXPIRED.minusSeconds(1);
        assertThat(paced.publicKey(BASE + "CERT-good")).isEqualTo(found);
        now = EXPIRED.plusSeconds(1);
        assertThatThrownBy(() -> paced.publicKey(BASE + "CERT-good")).hasMessage("certificate_unavailable");
        assertThat(paced.publicKey("https://api.paypal.com.example.com/v1/notifications/certs/CERT-good"))
                .isNull();
    }

    @Test
    void a_certificate_that_was_found_last_before_it_expired_does_not_outlive_that() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        now = EXPIRED.minusSeconds(1);
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull();

        // When
        now = EXPIRED.plusSeconds(1);

        // Then
        assertThat(paced.publicKey(BASE + "CERT-good")).isNull();
    }

    @Test
    void a_certificate_that_paypal_took_back_does_not_count_again_when_paypal_is_away() {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::fetch);
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull();
        now = now.plus(Duration.ofHours(13));
        gone = true;
        assertThat(paced.publicKey(BASE + "CERT-good")).isNull();

        // When
        now = now.plus(Duration.ofMinutes(2));
        away = true;

        // Then
        assertThatThrownBy(() -> paced.publicKey(BASE + "CERT-good")).hasMessage("certificate_unavailable");
        now = now.plus(Duration.ofMinutes(2));
        away = false;
        gone = false;
        overloaded(paced, 0, 100);
        assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull();
    }

    @Test
    void while_one_renews_a_certificate_it_counts_for_the_others() throws Exception {
        // Given
        PayPalCertificates paced = Schemes.testCertificates(clock, this::slowly);
        PublicKey found = paced.publicKey(BASE + "CERT-good");
        now = now.plus(Duration.ofHours(13));
        slow = true;
        CompletableFuture<PublicKey> renewed = CompletableFuture.supplyAsync(() -> paced.publicKey(BASE + "CERT-good"));
        assertThat(asked.await(20, TimeUnit.SECONDS)).isTrue();

        // When
        try {
            assertThat(paced.publicKey(BASE + "CERT-good")).isNotNull().isEqualTo(found);
        } finally {
            answered.countDown();
        }

        // Then
        assertThat(renewed.get(20, TimeUnit.SECONDS)).isEqualTo(found);
    }

    private byte[] fetch(String url) throws IOException {
        fetched.add(url);
        if (away) {
            throw new IOException("away");
        }
        return gone ? new byte[0] : Schemes.certificate(url);
    }

    private byte[] slowly(String url) throws IOException {
        if (slow) {
            nothing(BASE + "slow");
        }
        return Schemes.certificate(url);
    }

    private static long overloaded(PayPalCertificates certificates, int from, int to) {
        return IntStream.range(from, to)
                .filter(n -> isOverloaded(certificates, BASE + "made-up-" + n))
                .count();
    }

    private static boolean isOverloaded(PayPalCertificates certificates, String url) {
        try {
            return certificates.publicKey(url) != null;
        } catch (ProofOutOfReach e) {
            return e.reason() == Reason.OVERLOADED;
        }
    }

    private byte[] nothing(String url) {
        if (url.endsWith("slow")) {
            asked.countDown();
            try {
                answered.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return new byte[0];
    }
}
