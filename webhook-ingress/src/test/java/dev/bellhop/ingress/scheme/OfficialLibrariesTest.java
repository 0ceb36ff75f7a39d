package dev.bellhop.ingress.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import com.adyen.model.notification.Amount;
import com.adyen.model.notification.NotificationRequestItem;
import com.adyen.util.HMACValidator;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.slack.api.app_backend.SlackSignature;
import com.squareup.square.utilities.WebhooksHelper;
import com.standardwebhooks.Webhook;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SigningSecret;
import dev.bellhop.ingress.domain.SigningSecrets;
import dev.bellhop.ingress.domain.Tolerance;
import dev.bellhop.ingress.domain.Verdict;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SignatureException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.NotEmpty;

/** What the providers' own libraries sign, we accept; with one changed byte, we refuse. */
class OfficialLibrariesTest {

    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    private static final String HEXADECIMAL = "9064450A8892A093D9E97EFCC9639DE31B74F3A7803135555A3C96F5A57915D6";
    private static final String URL = "https://hooks.example.com/webhooks/x";
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

    /** Slack's library signs text in the machine's own encoding: only ASCII is the same everywhere. */
    @Property(tries = 200)
    void slack(@ForAll @NotEmpty @CharRange(from = ' ', to = '~') String body) {
        String time = String.valueOf(NOW.getEpochSecond());
        Map<String, String> headers = Map.of(
                "x-slack-request-timestamp",
                time,
                "x-slack-signature",
                new SlackSignature.Generator(SECRET).generate(time, body));

        assertRoundTrip(new SlackScheme(), headers, body);
    }

    /** Square's library verifies only: what we sign here, both accept; what was changed, both refuse. */
    @Property(tries = 200)
    void square(@ForAll @NotEmpty String body) throws GeneralSecurityException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String signature = Base64.getEncoder().encodeToString(sign(URL + new String(bytes, StandardCharsets.UTF_8)));

        assertThat(WebhooksHelper.verifySignature(body, signature, SECRET, URL)).isTrue();
        assertThat(WebhooksHelper.verifySignature(body + " ", signature, SECRET, URL))
                .isFalse();
        assertRoundTrip(new SquareScheme(), Map.of("x-square-hmacsha256-signature", signature), body);
    }

    @Property(tries = 200)
    void adyen(@ForAll String reference, @ForAll long amount, @ForAll boolean success) throws SignatureException {
        // Given
        NotificationRequestItem item = new NotificationRequestItem()
                .setPspReference("7914073381342284")
                .setMerchantAccountCode("Account")
                .setMerchantReference(reference)
                .setAmount(new Amount().value(amount).currency("EUR"))
                .setEventCode("AUTHORISATION");
        item.setSuccess(success);
        String signature = new HMACValidator().calculateHMAC(item, HEXADECIMAL);
        // Then
        AdyenScheme scheme = new AdyenScheme();
        assertThat(verdict(scheme, HEXADECIMAL, Map.of(), notification(item, amount, signature)))
                .isInstanceOf(Verdict.Authentic.class);
        assertThat(verdict(scheme, HEXADECIMAL, Map.of(), notification(item, amount ^ 1, signature)))
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Property(tries = 200)
    void adyen_platform(@ForAll @NotEmpty String text) throws SignatureException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        String signature = new HMACValidator().calculateHMAC(text, HEXADECIMAL);

        assertRoundTrip(new AdyenPlatformScheme(), HEXADECIMAL, Map.of("hmacsignature", signature), body);
    }

    private static byte[] notification(NotificationRequestItem item, long amount, String signature) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        ObjectNode written = json.putArray("notificationItems").addObject().putObject("NotificationRequestItem");
        written.put("pspReference", item.getPspReference())
                .put("merchantAccountCode", item.getMerchantAccountCode())
                .put("merchantReference", item.getMerchantReference())
                .put("eventCode", item.getEventCode())
                .put("success", String.valueOf(item.isSuccess()));
        written.putObject("amount")
                .put("value", amount)
                .put("currency", item.getAmount().getCurrency());
        written.putObject("additionalData").put("hmacSignature", signature);
        return json.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] sign(String content) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
        return mac.doFinal(content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRoundTrip(SignatureScheme scheme, Map<String, String> headers, String text) {
        assertRoundTrip(scheme, SECRET, headers, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertRoundTrip(
            SignatureScheme scheme, String secret, Map<String, String> headers, byte[] body) {
        assertThat(verdict(scheme, secret, headers, body)).isInstanceOf(Verdict.Authentic.class);
        body[body.length / 2] ^= 1;
        assertThat(verdict(scheme, secret, headers, body)).isInstanceOf(Verdict.Rejected.class);
    }

    private static Verdict verdict(SignatureScheme scheme, String text, Map<String, String> headers, byte[] body) {
        SigningSecret secret = new SigningSecret("id", scheme.key(text), Instant.MIN, Instant.MAX);
        SignedRequest request = new SignedRequest(
                "POST",
                "/webhooks/x",
                URL,
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
