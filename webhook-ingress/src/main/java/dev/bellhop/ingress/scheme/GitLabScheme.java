package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** GitLab: a shared token, shown as it is. It proves who holds the token, and nothing about the body. */
@Singleton
final class GitLabScheme implements SignatureScheme {

    @Override
    public String name() {
        return "gitlab";
    }

    /** Before version 17.4 there is no key. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of(
                        "header:Idempotency-Key,@or-sha256",
                        "header:X-Gitlab-Event",
                        null,
                        "json:/project/path_with_namespace"),
                "x-gitlab-event",
                "x-gitlab-event-uuid",
                "x-gitlab-instance");
    }

    @Override
    public VerificationKey key(String secret) {
        return Digest.token(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(Digest.shown(request.required("X-Gitlab-Token")));
    }
}
