package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.VerificationKey;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A keyed hash. The only class that makes a MAC, and that compares what proves a sender. */
final class Hmac implements VerificationKey {

    private final SecretKeySpec key;
    /** Made once per thread; after each use it is as it was before. */
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    private Hmac(String algorithm, byte[] secret) {
        this.key = new SecretKeySpec(secret, algorithm);
    }

    /** The secret's text is the key. */
    static Hmac sha256(String secret) {
        return sha256(Text.bytes(secret));
    }

    static Hmac sha256(byte[] secret) {
        return new Hmac("HmacSHA256", secret);
    }

    static Hmac sha1(String secret) {
        return new Hmac("HmacSHA1", Text.bytes(secret));
    }

    static Hmac sha512(byte[] secret) {
        return new Hmac("HmacSHA512", secret);
    }

    @Override
    public boolean proves(Claim claim) {
        return isAmong(claim, of(claim));
    }

    private byte[] of(Claim claim) {
        Mac mac = macs.get();
        for (byte[] part : claim.content()) {
            mac.update(part);
        }
        return mac.doFinal();
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(key.getAlgorithm());
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + key.getAlgorithm(), e);
        }
    }

    /** Whether one of the claim's signatures is the expected one; as long for a near miss as for a far one. */
    static boolean isAmong(Claim claim, byte[] expected) {
        boolean found = false;
        for (byte[] signature : claim.signatures()) {
            found |= MessageDigest.isEqual(expected, signature);
        }
        return found;
    }
}
