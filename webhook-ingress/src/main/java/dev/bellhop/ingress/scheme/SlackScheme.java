package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.after;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.hex;
import static dev.bellhop.ingress.scheme.Text.unixSeconds;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Slack: HMAC-SHA256 in hex over {@code v0:timestamp:body}. */
@Singleton
final class SlackScheme implements SignatureScheme {

    private static final byte[] VERIFICATION = bytes("url_verification");
    private static final JsonFields HANDSHAKE = new JsonFields(List.of("/type", "/challenge"));

    @Override
    public String name() {
        return "slack";
    }

    /** {@code app_rate_limited} has no event's id. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of(
                                "json:/event_id,@or-sha256", "json:/event/type", "json:/event_time", "json:/team_id"),
                        "x-slack-retry-num",
                        "x-slack-retry-reason")
                .ofTypes(SourceDefaults.JSON, SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String timestamp = request.required("X-Slack-Request-Timestamp");
        byte[] signature = hex(after("v0=", request.required("X-Slack-Signature")));
        return Claim.of(unixSeconds(timestamp), List.of(signature), bytes("v0:" + timestamp + ":"), request.body());
    }

    @Override
    public @Nullable Reply challenge(SignedRequest authentic) {
        if (!Text.contains(authentic.body(), VERIFICATION)) {
            // nearly always: an event is parsed once, by its reader
            return null;
        }
        try {
            Map<String, String> values = HANDSHAKE.of(authentic.body());
            String challenge = values.get("/challenge");
            return "url_verification".equals(values.get("/type")) && challenge != null ? Reply.text(challenge) : null;
        } catch (IOException e) {
            // a form, or something that the reader will refuse
            return null;
        }
    }
}
