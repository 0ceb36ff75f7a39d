package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.malformed;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** HTTP Basic, as Chargebee and others use it: proves who knows the password, and nothing about the body. The secret is
 * {@code user:password}. */
@Singleton
final class BasicScheme implements SignatureScheme {

    @Override
    public String name() {
        return "basic";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of("json:/id", "json:/event_type", "json:/occurred_at", null));
    }

    @Override
    public VerificationKey key(String secret) {
        if (secret.indexOf(':') <= 0) {
            throw new IllegalArgumentException("a secret is user:password");
        }
        return Digest.token(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String header = request.required("Authorization");
        if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw malformed();
        }
        return Claim.of(Digest.sha256(base64(header.substring(6).strip())));
    }

    /** There are clients that send no password before it is asked for. */
    @Override
    public String proofWanted() {
        return "Basic realm=\"webhooks\", charset=\"UTF-8\"";
    }
}
