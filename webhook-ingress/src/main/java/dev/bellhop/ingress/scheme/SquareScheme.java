package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Square: HMAC-SHA256 in base64 over notification URL and body. No time. */
@Singleton
final class SquareScheme implements SignatureScheme {

    @Override
    public String name() {
        return "square";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of("json:/event_id", "json:/type", "json:/created_at", "json:/data/id"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        byte[] signature = base64(request.required("x-square-hmacsha256-signature"));
        return Claim.of(signature, bytes(request.url()), request.body());
    }

    @Override
    public boolean signsUrl() {
        return true;
    }
}
