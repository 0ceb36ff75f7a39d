package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Svix: {@link StandardWebhooksScheme} under headers of its own. */
@Singleton
final class SvixScheme implements SignatureScheme {

    private final SignatureScheme standard = new StandardWebhooksScheme();

    @Override
    public String name() {
        return "svix";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of("header:svix-id", "json:/type", "json:/timestamp", null));
    }

    @Override
    public VerificationKey key(String secret) {
        return standard.key(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return StandardWebhooksScheme.claim(request, "svix-");
    }
}
