package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.after;
import static dev.bellhop.ingress.scheme.Text.base64;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Typeform: HMAC-SHA256 in base64 over the body, under a prefix after which GitHub writes hex. No time. */
@Singleton
final class TypeformScheme implements SignatureScheme {

    @Override
    public String name() {
        return "typeform";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of(
                "json:/event_id",
                "json:/event_type",
                "json:/form_response/submitted_at",
                "json:/form_response/form_id"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(base64(after("sha256=", request.required("Typeform-Signature"))), request.body());
    }
}
