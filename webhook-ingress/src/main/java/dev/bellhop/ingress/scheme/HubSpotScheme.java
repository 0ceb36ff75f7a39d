package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.unixMillis;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** HubSpot v3: HMAC-SHA256 in base64 over method, URL, body and time in milliseconds. */
@Singleton
final class HubSpotScheme implements SignatureScheme {

    private static final Pattern RESOLVED =
            Pattern.compile("%(?:3A|2F|3F|40|21|24|27|28|29|2A|2C|3B)", Pattern.CASE_INSENSITIVE);

    @Override
    public String name() {
        return "hubspot";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of(
                        "json:/portalId,/subscriptionId,/objectId,/occurredAt,/eventId",
                        "json:/subscriptionType",
                        "json:/occurredAt",
                        "json:/objectId")
                .within("json:"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String timestamp = request.required("X-HubSpot-Request-Timestamp");
        byte[] signature = base64(request.required("X-HubSpot-Signature-v3"));
        return Claim.of(
                unixMillis(timestamp),
                List.of(signature),
                bytes(request.method() + decoded(request.url())),
                request.body(),
                bytes(timestamp));
    }

    /** HubSpot signs the URL with these escapes resolved, and no others. */
    private static String decoded(String url) {
        Matcher matcher = RESOLVED.matcher(url);
        return matcher.replaceAll(escape -> Matcher.quoteReplacement(
                String.valueOf((char) Integer.parseInt(escape.group().substring(1), 16))));
    }

    @Override
    public boolean signsUrl() {
        return true;
    }
}
