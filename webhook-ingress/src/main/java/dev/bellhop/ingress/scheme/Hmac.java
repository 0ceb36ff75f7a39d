package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.VerificationKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash. The only class that makes a MAC, and that compares one. */
final class Hmac implements VerificationKey {

    private final SecretKeySpec key;

    private Hmac(String algorithm, byte[] secret) {
        this.key = new SecretKeySpec(secret, algorithm);
    }

    /** The secret's text is the key. */
    static Hmac sha256(String secret) {
        return sha256(secret.getBytes(StandardCharsets.UTF_8));
    }

    static Hmac sha256(byte[] secret) {
        return new Hmac("HmacSHA256", secret);
    }

    @Override
    public boolean proves(Claim claim) {
        byte[] expected = of(claim);
        boolean proven = false;
        for (byte[] signature : claim.signatures()) {
            proven |= MessageDigest.isEqual(expected, signature);
        }
        return proven;
    }

    private byte[] of(Claim claim) {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            claim.content().forEach(mac::update);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + key.getAlgorithm(), e);
        }
    }
}
