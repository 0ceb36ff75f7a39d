package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.hex;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Adyen for Platforms: HMAC-SHA256 in base64 over the whole body, in a header. The secret is hexadecimal. No time. */
@Singleton
final class AdyenPlatformScheme implements SignatureScheme {

    @Override
    public String name() {
        return "adyen-platform";
    }

    /**
     * An event has no id of its own, and not every one a subject's at the same place, or a time, which is in seconds. All that is
     * in it tells it from another.
     */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of("json:/type,@sha256", "json:/type", "json:/timestamp", "json:/data/id"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(hex(secret));
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(base64(request.required("HmacSignature")), request.body());
    }
}
