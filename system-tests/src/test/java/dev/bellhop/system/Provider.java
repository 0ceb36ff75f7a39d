package dev.bellhop.system;

import dev.bellhop.local.Http;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A payment provider whose every word a test decides: it signs by Standard Webhooks and posts to the ingress. */
final class Provider {

    private final URI ingress;
    private final String secret;

    private Provider(URI ingress, String secret) {
        this.ingress = ingress;
        this.secret = secret;
    }

    /** Knows the real secret. */
    static Provider of(Suite suite) {
        return new Provider(suite.url(Service.WEBHOOK_INGRESS), suite.webhookSecret());
    }

    /** Signs with a secret of its own. */
    static Provider impostor(Suite suite) {
        String secret = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);
        return new Provider(suite.url(Service.WEBHOOK_INGRESS), secret);
    }

    /** A success of 999, as the gateway would tell it. */
    static String success(String orderId, String paymentId, String eventId) {
        return "{\"event\":\"payment_success\",\"orderId\":\"" + orderId + "\",\"amount\":999,\"status\":\"Paid\","
                + "\"currency\":\"USD\",\"eventId\":\"" + eventId + "\",\"paymentId\":\"" + paymentId
                + "\",\"occurredAt\":\"" + Instant.now() + "\"}";
    }

    static String newEventId() {
        return "evt_" + UUID.randomUUID().toString().replace("-", "");
    }

    Http.Answer tells(String eventId, String body) {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "webhook-id",
                eventId,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + signature(eventId + "." + timestamp + "." + body));
        try {
            return Http.send(
                    "POST", ingress.resolve("/webhooks/payments"), headers, body.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String signature(String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            byte[] key = Base64.getDecoder().decode(secret.substring("whsec_".length()));
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
