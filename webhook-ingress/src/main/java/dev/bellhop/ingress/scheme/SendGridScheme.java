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
import java.util.List;

/** Twilio SendGrid: ECDSA on P-256 over time and body. The secret is the public key that SendGrid shows, in base64. */
@Singleton
final class SendGridScheme implements SignatureScheme {

    @Override
    public String name() {
        return "sendgrid";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of("json:/sg_event_id", "json:/event", "json:/timestamp", "json:/sg_message_id")
                        .within("json:"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Signatures.ecdsaP256(base64(secret));
    }

    @Override
    public Claim claim(SignedRequest request) {
        String timestamp = request.required("X-Twilio-Email-Event-Webhook-Timestamp");
        byte[] signature = base64(request.required("X-Twilio-Email-Event-Webhook-Signature"));
        return Claim.of(unixSeconds(timestamp), List.of(signature), bytes(timestamp), request.body());
    }
}
