package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.after;
import static dev.bellhop.ingress.scheme.Text.hex;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** GitHub: HMAC-SHA256 in hex over the body, and no time: a captured delivery can be sent again for ever. */
@Singleton
final class GitHubScheme implements SignatureScheme {

    @Override
    public String name() {
        return "github";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of(
                                "header:X-GitHub-Delivery",
                                "header:X-GitHub-Event",
                                null,
                                "json:/repository/full_name"),
                        "x-github-event",
                        "x-github-hook-id",
                        "x-github-hook-installation-target-id")
                .ofTypes(SourceDefaults.JSON, SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(hex(after("sha256=", request.required("X-Hub-Signature-256"))), request.body());
    }

    @Override
    public @Nullable Reply challenge(SignedRequest authentic) {
        return List.of("ping").equals(authentic.headers().all("X-GitHub-Event")) ? Reply.EMPTY : null;
    }
}
