package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.hex;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** HubSpot v1: SHA-256 in hex of secret and body. Older apps only; no time. */
@Singleton
final class HubSpotV1Scheme implements SignatureScheme {

    @Override
    public String name() {
        return "hubspot-v1";
    }

    @Override
    public SourceDefaults defaults() {
        return new HubSpotScheme().defaults();
    }

    @Override
    public VerificationKey key(String secret) {
        return Digest.prefixedWith(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(hex(request.required("X-HubSpot-Signature")), request.body());
    }
}
