package dev.bellhop.ingress.domain;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request says about itself: these bytes were signed, at that time, with one of these signatures. True only if a
 * {@link VerificationKey} proves it.
 *
 * @param at when it was signed; null if the scheme does not say
 * @param signatures any one of them is enough
 * @param content what was signed, to be read one part after the other
 */
public record Claim(@Nullable Instant at, List<byte[]> signatures, List<byte[]> content) {

    /** More is not rotation but an attempt to keep us busy. */
    private static final int MOST_SIGNATURES = 10;

    /** Signed at no known time. */
    public static Claim of(byte[] signature, byte[]... content) {
        return new Claim(null, List.of(signature), Arrays.asList(content));
    }

    /** Signed once or more at that time. */
    public static Claim of(Instant at, List<byte[]> signatures, byte[]... content) {
        if (signatures.isEmpty() || signatures.size() > MOST_SIGNATURES) {
            throw new UnreadableSignature(Reason.SIGNATURE_MALFORMED);
        }
        return new Claim(at, signatures, Arrays.asList(content));
    }
}
