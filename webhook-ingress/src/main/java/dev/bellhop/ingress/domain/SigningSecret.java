package dev.bellhop.ingress.domain;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;

/**
 * One secret of a source, as a key.
 *
 * @param id the first eight hex digits of the secret's SHA-256
 * @param from the first instant at which it counts
 * @param until the first instant at which it no longer counts
 */
public record SigningSecret(String id, VerificationKey key, Instant from, Instant until) {

    public SigningSecret {
        if (!from.isBefore(until)) {
            throw new IllegalArgumentException("a secret's validity must begin before it ends");
        }
    }

    /** The id of a secret. */
    public static String idOf(String secret) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean liveAt(Instant now) {
        return !now.isBefore(from) && now.isBefore(until);
    }
}
