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
import java.util.List;

/** Stripe: HMAC-SHA256 in hex over {@code t.body}; the key is the whole {@code whsec_} text. Checked in both directions of
 * time, which Stripe's own libraries do not do. */
@Singleton
final class StripeScheme implements SignatureScheme {

    @Override
    public String name() {
        return "stripe";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of("json:/id", "json:/type", "json:/created", "json:/data/object/id"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String header = request.required("Stripe-Signature");
        String timestamp = only(values(header, ',', "t"));
        List<byte[]> signatures =
                values(header, ',', "v1").stream().map(Text::hex).toList();
        return Claim.of(unixSeconds(timestamp), signatures, bytes(timestamp + "."), request.body());
    }
}
