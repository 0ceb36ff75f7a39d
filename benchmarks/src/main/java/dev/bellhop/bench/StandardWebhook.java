package dev.bellhop.bench;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Signs as Standard Webhooks 1.0.0 says (v1), for a sender that is not under test. Not safe for use by several threads. */
final class StandardWebhook {

    private final Mac mac;

    /** {@code secret}: {@code whsec_} and base64. */
    StandardWebhook(String secret) {
        try {
            mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(
                    Base64.getDecoder().decode(secret.substring("whsec_".length())), mac.getAlgorithm()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says through the source {@code shop} that an order for 999 is paid. */
    Call paid(int port, String orderId) {
        String body = "{\"event\":\"payment_success\",\"orderId\":\"" + orderId
                + "\",\"amount\":999,\"status\":\"Paid\",\"currency\":\"USD\"}";
        return post(port, "/webhooks/shop", "evt_" + orderId, body.getBytes(StandardCharsets.UTF_8));
    }

    /** A signed POST to a source of the ingress. */
    Call post(int port, String path, String id, byte[] body) {
        long timestamp = System.currentTimeMillis() / 1000;
        mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", "application/json")
                .add("webhook-id", id)
                .add("webhook-timestamp", String.valueOf(timestamp))
                .add("webhook-signature", "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
        return Call.post(port, path, headers, Buffer.buffer(body));
    }
}
