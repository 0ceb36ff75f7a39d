package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.only;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;
import static dev.bellhop.ingress.scheme.Text.values;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;

/** Paddle Billing: HMAC-SHA256 in hex over {@code ts:body}; the key is the whole {@code pdl_ntfset_} text. */
@Singleton
final class PaddleScheme implements SignatureScheme {

    /** As in Paddle's own libraries. Each attempt is signed anew. */
    private static final Duration TOLERANCE = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "paddle";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of("json:/event_id", "json:/event_type", "json:/occurred_at", "json:/data/id"))
                .within(TOLERANCE);
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String header = request.required("Paddle-Signature");
        String timestamp = only(values(header, ';', "ts"));
        List<byte[]> signatures =
                values(header, ';', "h1").stream().map(Text::hex).toList();
        return Claim.of(unixSeconds(timestamp), signatures, bytes(timestamp + ":"), request.body());
    }
}
