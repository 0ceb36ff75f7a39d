package dev.bellhop.ingress.domain;

import java.util.List;
import java.util.Set;

/** A configured sender of webhooks: how it signs, what it may send, and where that goes. */
public record Source(
        String name,
        SignatureScheme scheme,
        SigningSecrets secrets,
        Tolerance tolerance,
        String topic,
        ByteSize maxBody,
        Set<String> contentTypes,
        EventLocations locations,
        List<String> keptHeaders) {

    /** The verdict on a delivery to this source. */
    public Verdict verify(SignedRequest request) {
        return secrets.verify(scheme, tolerance, request);
    }
}
