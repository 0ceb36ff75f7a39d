package dev.bellhop.ingress.domain;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A delivery as it came, whole and not yet trusted.
 *
 * @param target path and query as received
 * @param publicUrl the configured URL under which the provider knows us; never rebuilt from a header
 * @param body the exact bytes; never changed, never copied
 */
@SuppressWarnings("ArrayRecordComponent") // one body, one array: copies would be the dearest part of a request
public record SignedRequest(
        String method, String target, @Nullable String publicUrl, Headers headers, byte[] body, Instant receivedAt) {

    /** The header's only value, or null. A proof that comes twice proves nothing. */
    public @Nullable String header(String name) {
        List<String> values = headers.all(name);
        if (values.size() > 1) {
            throw new UnreadableSignature(Reason.SIGNATURE_MALFORMED);
        }
        return values.isEmpty() ? null : values.get(0);
    }

    /** The header's only value. */
    public String required(String name) {
        String value = header(name);
        if (value == null) {
            throw new UnreadableSignature(Reason.SIGNATURE_MISSING);
        }
        return value;
    }

    /** The URL that the provider called: the public one, with the query as received. */
    public String url() {
        int mark = target.indexOf('?');
        if (publicUrl == null) {
            throw new IllegalArgumentException("the source has no public URL");
        }
        return mark < 0 ? publicUrl : publicUrl + target.substring(mark);
    }

    /** Says where, never what: bodies and signatures stay out of logs. */
    @Override
    public String toString() {
        return "SignedRequest[" + method + ", " + body.length + " bytes]";
    }
}
