package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.hex;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** HubSpot v2: SHA-256 in hex of secret, method, URL and body. Workflows and older apps; no time.
 * A workflow sends one object that has no id of an event: its source says where one is. */
@Singleton
final class HubSpotV2Scheme implements SignatureScheme {

    @Override
    public String name() {
        return "hubspot-v2";
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
        return Claim.of(
                hex(request.required("X-HubSpot-Signature")), bytes(request.method() + request.url()), request.body());
    }

    @Override
    public boolean signsUrl() {
        return true;
    }
}
