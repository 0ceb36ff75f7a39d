package dev.bellhop.gateway.delivery;

import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.EdECPrivateKeySpec;
import java.security.spec.NamedParameterSpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The headers by which a receiver knows a webhook of ours. Shares no code with anything that verifies. */
final class WebhookSigner {

    private static final String SECRET_PREFIX = "whsec_";
    private static final String SIGNING_KEY_PREFIX = "whsk_";

    private WebhookSigner() {}

    /** One signature per live secret, so that a receiver may change over at any moment of the overlap. */
    static Map<String, String> headers(
            SignatureStyle style,
            List<SigningSecret> secrets,
            String eventId,
            String type,
            Instant timestamp,
            byte[] body) {
        long seconds = timestamp.getEpochSecond();
        Map<String, String> headers = new LinkedHashMap<>();
        switch (style) {
            case STANDARD_WEBHOOKS, STANDARD_WEBHOOKS_ASYMMETRIC -> {
                byte[] content = join(eventId + "." + seconds + ".", body);
                headers.put("webhook-id", eventId);
                headers.put("webhook-timestamp", String.valueOf(seconds));
                headers.put("webhook-signature", each(secrets, " ", secret -> standard(style, secret, content)));
            }
            case STRIPE -> {
                byte[] content = join(seconds + ".", body);
                String signatures = each(secrets, ",", secret -> "v1=" + hex(secret, content));
                headers.put("Stripe-Signature", "t=" + seconds + "," + signatures);
            }
            case GITHUB -> {
                headers.put("X-GitHub-Event", type);
                headers.put("X-GitHub-Delivery", eventId);
                // GitHub knows one secret per hook: no overlap.
                headers.put(
                        "X-Hub-Signature-256", "sha256=" + hex(secrets.get(0).text(), body));
            }
        }
        return headers;
    }

    private static String each(List<SigningSecret> secrets, String separator, Function<String, String> sign) {
        return secrets.stream().map(SigningSecret::text).map(sign).collect(Collectors.joining(separator));
    }

    private static String standard(SignatureStyle style, String secret, byte[] content) {
        if (style == SignatureStyle.STANDARD_WEBHOOKS_ASYMMETRIC) {
            return "v1a," + Base64.getEncoder().encodeToString(ed25519(secret, content));
        }
        byte[] key = Base64.getDecoder().decode(withoutPrefix(secret, SECRET_PREFIX));
        return "v1," + Base64.getEncoder().encodeToString(hmac(key, content));
    }

    private static String hex(String secret, byte[] content) {
        return HexFormat.of().formatHex(hmac(secret.getBytes(StandardCharsets.UTF_8), content));
    }

    private static byte[] hmac(byte[] key, byte[] content) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            return mac.doFinal(content);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }

    /** The key is base64 of the 32 bytes of the seed, followed or not by the 32 bytes of the public key. */
    private static byte[] ed25519(String secret, byte[] content) {
        try {
            byte[] seed = Arrays.copyOf(Base64.getDecoder().decode(withoutPrefix(secret, SIGNING_KEY_PREFIX)), 32);
            Signature signature = Signature.getInstance("Ed25519");
            signature.initSign(KeyFactory.getInstance("Ed25519")
                    .generatePrivate(new EdECPrivateKeySpec(NamedParameterSpec.ED25519, seed)));
            signature.update(content);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    private static String withoutPrefix(String secret, String prefix) {
        return secret.startsWith(prefix) ? secret.substring(prefix.length()) : secret;
    }

    private static byte[] join(String prefix, byte[] body) {
        byte[] start = prefix.getBytes(StandardCharsets.UTF_8);
        byte[] whole = Arrays.copyOf(start, start.length + body.length);
        System.arraycopy(body, 0, whole, start.length, body.length);
        return whole;
    }
}
