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
 * Standard Webhooks 1.0.0, symmetric ({@code v1}): HMAC-SHA256 over {@code id.timestamp.body}, one signature per live
 * secret.
 */
@Singleton
final class StandardWebhooksScheme implements SignatureScheme {

    private static final String SECRET_PREFIX = "whsec_";
    private static final int SHORTEST_SECRET = 24;
    private static final int LONGEST_SECRET = 64;

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
        byte[] key = base64(secret.startsWith(SECRET_PREFIX) ? secret.substring(SECRET_PREFIX.length()) : secret);
        if (key.length < SHORTEST_SECRET || key.length > LONGEST_SECRET) {
            throw new IllegalArgumentException("a secret is whsec_ and the base64 of 24 to 64 random bytes");
        }
        return Hmac.sha256(key);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String id = request.required("webhook-id");
        String timestamp = request.required("webhook-timestamp");
        List<byte[]> signatures = new ArrayList<>();
        for (String signature : request.required("webhook-signature").split(" ", -1)) {
            if (signature.startsWith("v1,")) {
                signatures.add(base64(signature.substring(3)));
            }
        }
        return Claim.of(unixSeconds(timestamp), signatures, bytes(id + "." + timestamp + "."), request.body());
    }
}
