package dev.bellhop.prove;

import dev.bellhop.local.Http;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Webhooks of the prover's own: true ones, and forgeries. Signed by Standard Webhooks, posted to the ingress. */
final class Webhooks {

    private static final String FORGED = Base64.getEncoder().encodeToString(new byte[32]);

    private final URI ingress;
    private final String secret;
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Set<String> forged = ConcurrentHashMap.newKeySet();

    Webhooks(URI ingress, String secret) {
        this.ingress = ingress.resolve("/webhooks/payments");
        this.secret = secret.substring("whsec_".length());
    }

    /** As small as the article's, with its event id: of no named payment. */
    static String success(String orderId, String eventId) {
        return "{\"event\":\"payment_success\",\"orderId\":\"" + orderId
                + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\",\"eventId\":\"" + eventId + "\"}";
    }

    /** As the provider would send it. */
    Http.Answer tell(String eventId, String body) {
        Http.Answer answer = post(eventId, body, secret);
        if (answer.status() / 100 == 2) {
            accepted.add(eventId);
        }
        return answer;
    }

    /** With somebody else's secret. */
    Http.Answer forge(String eventId, String body) {
        forged.add(eventId);
        return post(eventId, body, FORGED);
    }

    /** Events that were answered with 2xx. */
    Set<String> accepted() {
        return accepted;
    }

    Set<String> forged() {
        return forged;
    }

    private Http.Answer post(String eventId, String body, String key) {
        String timestamp = String.valueOf(Instant.now().getEpochSecond());
        Map<String, String> headers = Map.of(
                "content-type",
                "application/json",
                "webhook-id",
                eventId,
                "webhook-timestamp",
                timestamp,
                "webhook-signature",
                "v1," + signature(key, eventId + "." + timestamp + "." + body));
        return Api.send("POST", ingress, headers, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String signature(String key, String content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(Base64.getDecoder().decode(key), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(content.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
