package dev.bellhop.local.command;

import static dev.bellhop.local.command.Keyed.utf8;

import java.util.Base64;
import java.util.Map;

/**
 * RFC 9421 over method, URL, content type and the RFC 9530 digest of the body. The secret is the base64 of a key for
 * HMAC-SHA256, or {@code ed25519:} or {@code ecdsa-p256-sha256:} and a private key.
 */
final class MessageSignature implements Signer {

    private static final String COVERED = "(\"@method\" \"@target-uri\" \"content-type\" \"content-digest\")";

    @Override
    public Map<String, String> headers(Outgoing o, String secret) {
        String digest = "sha-256=:" + Keyed.hash(o.body()).base64() + ":";
        String parameters = COVERED + ";created=" + o.seconds();
        String base = String.join(
                "\n",
                "\"@method\": POST",
                "\"@target-uri\": " + o.url(),
                "\"content-type\": " + o.contentType(),
                "\"content-digest\": " + digest,
                "\"@signature-params\": " + parameters);
        return Map.of(
                "Content-Digest", digest,
                "Signature-Input", "sig=" + parameters,
                "Signature", "sig=:" + signature(secret, utf8(base)).base64() + ":");
    }

    private static Keyed signature(String secret, byte[] base) {
        int colon = secret.indexOf(':');
        String key = secret.substring(colon + 1);
        return switch (colon < 0 ? "" : secret.substring(0, colon)) {
            case "" -> Keyed.hmac("HmacSHA256", Base64.getDecoder().decode(key), base);
            case "ed25519" -> Keyed.signature("Ed25519", "Ed25519", key, base);
            case "ecdsa-p256-sha256" -> Keyed.signature("SHA256withECDSAinP1363Format", "EC", key, base);
            default ->
                throw new IllegalArgumentException(
                        "the secret is neither base64, nor ed25519: or ecdsa-p256-sha256: and a private key");
        };
    }
}
