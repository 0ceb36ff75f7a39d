package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.UnreadableSignature;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Mailchimp marketing: not signed at all; a secret in the query ({@code ?secret=}) shows who knows the URL. */
@Singleton
final class MailchimpScheme implements SignatureScheme {

    @Override
    public String name() {
        return "mailchimp";
    }

    /** An event has no id, and a time in seconds: all that is in it tells a profile's changes of one second apart. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of("form:type,@sha256,@or-sha256", "form:type", null, "form:data[list_id]"))
                .ofTypes(SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return Digest.token(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        String secret = Query.of(request.target()).value("secret");
        if (secret == null) {
            throw new UnreadableSignature(Reason.SIGNATURE_MISSING);
        }
        return Claim.of(Digest.shown(secret));
    }

    /** Mailchimp looks for us when the webhook is saved, and does not show the secret then. */
    @Override
    public Reply probe(Query query) {
        return Reply.EMPTY;
    }
}
