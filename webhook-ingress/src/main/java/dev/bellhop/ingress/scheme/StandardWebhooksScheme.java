package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/**
 * Standard Webhooks 1.0.0 over {@code id.timestamp.body}: {@code v1} is HMAC-SHA256 with a {@code whsec_} secret, {@code
 * v1a} is Ed25519 with a {@code whpk_} public key. One signature per live secret.
 */
@Singleton
final class StandardWebhooksScheme implements SignatureScheme {

    private static final String SECRET = "whsec_";
    private static final String PUBLIC_KEY = "whpk_";
    private static final int SHORTEST_SECRET = 24;
    private static final int LONGEST_SECRET = 64;
    /** Bytes of a signature. */
    private static final int HMAC = 32;

    private static final int ED25519 = 64;

    @Override
    public String name() {
        return "standard-webhooks";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of("header:webhook-id", "json:/type", "json:/timestamp", null));
    }

    @Override
    public VerificationKey key(String secret) {
        if (secret.startsWith(PUBLIC_KEY)) {
            return Signatures.ed25519(base64(secret.substring(PUBLIC_KEY.length())));
        }
        byte[] key = base64(secret.startsWith(SECRET) ? secret.substring(SECRET.length()) : secret);
        if (key.length < SHORTEST_SECRET || key.length > LONGEST_SECRET) {
            throw new IllegalArgumentException("a secret is whsec_ and the base64 of 24 to 64 random bytes");
        }
        return Hmac.sha256(key);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return claim(request, "webhook-");
    }

    /** One of the other kind proves nothing under this name. */
    private static byte[] ofLength(int length, byte[] signature) {
        return signature.length == length ? signature : new byte[0];
    }

    static Claim claim(SignedRequest request, String prefix) {
        String id = request.required(prefix + "id");
        String timestamp = request.required(prefix + "timestamp");
        List<byte[]> signatures = new ArrayList<>();
        for (String signature : request.required(prefix + "signature").split(" ", -1)) {
            if (signature.startsWith("v1,")) {
                signatures.add(ofLength(HMAC, base64(signature.substring(3))));
            } else if (signature.startsWith("v1a,")) {
                signatures.add(ofLength(ED25519, base64(signature.substring(4))));
            }
        }
        return Claim.of(unixSeconds(timestamp), signatures, bytes(id + "." + timestamp + "."), request.body());
    }
}
