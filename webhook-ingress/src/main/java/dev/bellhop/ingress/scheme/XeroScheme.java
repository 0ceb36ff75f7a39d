package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Xero: HMAC-SHA256 in base64 over the body. Its "intent to receive" is a series of deliveries without events: 200 if the
 * signature is right, 401 if not, and no body, or no webhook is enabled. No time. */
@Singleton
final class XeroScheme implements SignatureScheme {

    @Override
    public String name() {
        return "xero";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of(
                        "json:/tenantId,/resourceId,/eventType,/eventDateUtc",
                        "json:/eventCategory,/eventType",
                        "json:/eventDateUtc",
                        "json:/resourceId")
                .within("json:/events"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(base64(request.required("x-xero-signature")), request.body());
    }

    @Override
    public boolean answersBare() {
        return true;
    }
}
