package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.utf8;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Query;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.util.TreeSet;

/** Mandrill (Mailchimp Transactional): HMAC-SHA1 in base64 over the URL and the form's fields, sorted and decoded. No time. */
@Singleton
final class MandrillScheme implements SignatureScheme {

    @Override
    public String name() {
        return "mandrill";
    }

    /** Of clicks within a second the URL tells which link it was; what happens to a list of addresses has no {@code _id}. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of(
                                "json:/_id,/event,/ts,/url,@or-sha256", "json:/event", "json:/ts", "json:/_id")
                        .within("form:mandrill_events"))
                .ofTypes(SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha1(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        byte[] signature = base64(request.required("X-Mandrill-Signature"));
        StringBuilder content = new StringBuilder(request.url());
        Query form = Query.parse(utf8(request.body()));
        new TreeSet<>(form.values().keySet())
                .forEach(name -> content.append(name).append(form.value(name)));
        return Claim.of(signature, bytes(content.toString()));
    }

    @Override
    public boolean signsUrl() {
        return true;
    }

    @Override
    public Reply probe(Query query) {
        return Reply.EMPTY;
    }
}
