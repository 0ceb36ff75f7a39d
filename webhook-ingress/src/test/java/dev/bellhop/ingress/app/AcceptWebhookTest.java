package dev.bellhop.ingress.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.Configured;
import dev.bellhop.ingress.domain.ByteSize;
import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.Tolerance;
import dev.bellhop.ingress.domain.VerificationKey;
import dev.bellhop.ingress.telemetry.IngressMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class AcceptWebhookTest {

    private static final Duration WITHIN = Duration.ofSeconds(2);
    private static final Duration SOON = Duration.ofSeconds(20);

    @Test
    void what_it_took_to_prove_a_delivery_is_not_waited_for_once_more() {
        // Given a broker that is silent, behind a certificate that comes at the last moment
        AcceptWebhook acceptWebhook = new AcceptWebhook(
                (source, request) ->
                        new EventReader.Reading.Events(List.of(new Event("1", null, null, null, new byte[0]))),
                events -> Uni.createFrom().nothing(),
                (source, reason, request) -> {},
                new Rates(),
                new Random(1),
                new IngressMetrics(new SimpleMeterRegistry()),
                Configured.by(Map.of("webhooks.answer-within", WITHIN.toString()), WebhooksConfig.class)
                        .getConfigMapping(WebhooksConfig.class));
        long begin = System.nanoTime();

        // When
        Receipt receipt = acceptWebhook.accept(source(), request()).await().atMost(SOON);

        // Then
        assertThat(receipt).isEqualTo(new Receipt.Refused(Reason.BROKER_UNAVAILABLE));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(WITHIN.plus(Waiting.ALMOST));
    }

    private static SignedRequest request() {
        return new SignedRequest("POST", "/", null, name -> List.of(), new byte[0], Instant.EPOCH);
    }

    private static Source source() {
        Waiting scheme = new Waiting();
        return new Source(
                "far",
                scheme,
                new SigningSecrets(List.of(new SigningSecret("id", scheme.key(""), Instant.MIN, Instant.MAX))),
                new Tolerance(WITHIN),
                "topic",
                null,
                EventLocations.of("json:/id", null, null, null),
                List.of(),
                new Source.Limits(new ByteSize(1), Set.of(), false, null, List.of(), Set.of()),
                false);
    }

    /** What proves a sender is far away, and comes late. */
    private static final class Waiting implements SignatureScheme {

        private static final Duration ALMOST = WITHIN.multipliedBy(3).dividedBy(4);

        @Override
        public String name() {
            return "waiting";
        }

        @Override
        public SourceDefaults defaults() {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean mayWait() {
            return true;
        }

        @Override
        public VerificationKey key(String secret) {
            return claim -> {
                try {
                    return !new CountDownLatch(1).await(ALMOST.toMillis(), TimeUnit.MILLISECONDS);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            };
        }

        @Override
        public Claim claim(SignedRequest request) {
            return Claim.of(new byte[0]);
        }
    }
}
