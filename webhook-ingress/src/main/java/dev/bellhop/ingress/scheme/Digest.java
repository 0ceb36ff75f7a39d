package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.VerificationKey;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;

/** Hashes without a key, and the two weak ways to prove a sender with them. */
final class Digest {

    private Digest() {}

    static byte[] of(String algorithm, List<byte[]> content) {
        try {
            MessageDigest digest = MessageDigest.getInstance(algorithm);
            content.forEach(digest::update);
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static byte[] sha256(byte[] content) {
        return of("SHA-256", List.of(content));
    }

    /** The sender shows the SHA-256 of the secret followed by the content. */
    static VerificationKey prefixedWith(String secret) {
        return claim -> {
            List<byte[]> all = new ArrayList<>(claim.content());
            all.add(0, Text.bytes(secret));
            return Hmac.isAmong(claim, of("SHA-256", all));
        };
    }

    /** The sender shows the secret itself; both are hashed, so that not even its length shows in the time taken. */
    static VerificationKey token(String secret) {
        byte[] expected = sha256(Text.bytes(secret));
        return claim -> Hmac.isAmong(claim, expected);
    }

    /** What a sender shows to a {@link #token}. */
    static byte[] shown(String token) {
        return sha256(Text.bytes(token));
    }
}
