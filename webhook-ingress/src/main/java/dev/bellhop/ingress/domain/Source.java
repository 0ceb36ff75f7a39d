package dev.bellhop.ingress.domain;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A configured sender of webhooks: how it signs, what it may send, and where that goes.
 *
 * @param publicUrl the URL that the provider was given; null where the scheme does not sign it
 * @param keptHeaders those that are worth a place on the record
 * @param spooled whether its events wait on our disk while the broker is away, because it never sends twice
 */
public record Source(
        String name,
        SignatureScheme scheme,
        SigningSecrets secrets,
        Tolerance tolerance,
        String topic,
        @Nullable String publicUrl,
        EventLocations locations,
        List<String> keptHeaders,
        Limits limits,
        boolean spooled) {

    /**
     * What a source may send at all.
     *
     * @param contentTypes media types without parameters
     * @param gzip whether a body may come compressed; what is signed, and bounded, is what comes out
     * @param rate authentic deliveries a second; null: as many as there is room for
     * @param addresses from where; empty: from anywhere
     * @param origins who may agree with us on CloudEvents' terms ({@code WebHook-Request-Origin}); empty: nobody
     */
    public record Limits(
            ByteSize maxBody,
            Set<String> contentTypes,
            boolean gzip,
            @Nullable Integer rate,
            List<AddressRange> addresses,
            Set<String> origins) {}

    /** The verdict on a delivery to this source. */
    public Verdict verify(SignedRequest request) {
        return secrets.verify(scheme, tolerance, request);
    }

    /** The same source after its secrets were changed. */
    public Source with(SigningSecrets others) {
        return new Source(name, scheme, others, tolerance, topic, publicUrl, locations, keptHeaders, limits, spooled);
    }
}
