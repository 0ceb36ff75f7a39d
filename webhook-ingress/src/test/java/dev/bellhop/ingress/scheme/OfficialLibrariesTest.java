package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Tolerance;
import dev.bellhop.ingress.domain.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;

/** What the providers' own libraries sign, we accept; with one changed byte, we refuse. */
class OfficialLibrariesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final Instant NOW = Instant.ofEpochSecond(1_700_000_000);

    @Property(tries = 200)
    void stripe(@ForAll @NotEmpty String body) throws GeneralSecurityException {
        String time = String.valueOf(NOW.getEpochSecond());
        String signature = com.stripe.net.Webhook.Util.computeHmacSha256(SECRET, time + "." + body);

        assertRoundTrip(new StripeScheme(), Map.of("stripe-signature", "t=" + time + ",v1=" + signature), body);
    }

    @Property(tries = 200)
    void standard_webhooks(@ForAll @NotEmpty String body) throws Exception {
        Map<String, String> headers = Map.of(
                "webhook-id", "evt_1",
                "webhook-timestamp", String.valueOf(NOW.getEpochSecond()),
                "webhook-signature", new Webhook(SECRET).sign("evt_1", NOW.getEpochSecond(), body));

        assertRoundTrip(new StandardWebhooksScheme(), headers, body);
    }

    @Property(tries = 200)
    void svix(@ForAll @NotEmpty String body) throws Exception {
        Map<String, String> headers = Map.of(
                "svix-id", "evt_1",
                "svix-timestamp", String.valueOf(NOW.getEpochSecond()),
                "svix-signature", new com.svix.Webhook(SECRET).sign("evt_1", NOW.getEpochSecond(), body));

        assertRoundTrip(new SvixScheme(), headers, body);
    }

    private static void assertRoundTrip(SignatureScheme scheme, Map<String, String> headers, String text) {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        assertThat(verdict(scheme, headers, body)).isInstanceOf(Verdict.Authentic.class);
        body[body.length / 2] ^= 1;
        assertThat(verdict(scheme, headers, body)).isInstanceOf(Verdict.Rejected.class);
    }

    private static Verdict verdict(SignatureScheme scheme, Map<String, String> headers, byte[] body) {
        SigningSecret secret = new SigningSecret("id", scheme.key(SECRET), Instant.MIN, Instant.MAX);
        SignedRequest request = new SignedRequest(
                "POST",
                "/webhooks/x",
                null,
                name -> {
                    String value = headers.get(name.toLowerCase(java.util.Locale.ROOT));
                    return value == null ? List.of() : List.of(value);
                },
                body,
                NOW);
        return new SigningSecrets(List.of(secret))
                .verify(scheme, new Tolerance(scheme.defaults().tolerance()), request);
    }
}
