package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.after;
import static dev.bellhop.ingress.scheme.Text.hex;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SchemeOptions;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Meta (Facebook, Instagram, WhatsApp): HMAC-SHA256 in hex over the body. No time. */
@Singleton
final class MetaScheme implements SignatureScheme {

    private final @Nullable String verifyToken;

    @Inject
    MetaScheme() {
        this(null);
    }

    private MetaScheme(@Nullable String verifyToken) {
        this.verifyToken = verifyToken;
    }

    @Override
    public String name() {
        return "meta";
    }

    /**
     * An entry's id is that of the account, and its time, if it has one, that of the delivery. All that is in it tells it from
     * another: what happened first does not, since it may be sent again together with what happened later.
     */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of("json:/id,@sha256", "json:/changes/0/field", "json:/time", "json:/id")
                        .within("json:/entry"));
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(hex(after("sha256=", request.required("X-Hub-Signature-256"))), request.body());
    }

    /** {@code verify-token} is the text that was given to Meta together with the URL. */
    @Override
    public SignatureScheme configured(SchemeOptions options) {
        options.allowOnly("verify-token");
        return new MetaScheme(options.required("verify-token"));
    }

    @Override
    public @Nullable Reply probe(Query query) {
        Claim shown = Claim.of(Digest.shown(String.valueOf(query.value("hub.verify_token"))));
        String challenge = query.value("hub.challenge");
        return challenge != null
                        && verifyToken != null
                        && Digest.token(verifyToken).proves(shown)
                ? Reply.text(challenge)
                : null;
    }
}
