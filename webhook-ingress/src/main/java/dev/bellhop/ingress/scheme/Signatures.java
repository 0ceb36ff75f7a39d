package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.VerificationKey;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PSSParameterSpec;
import java.security.spec.X509EncodedKeySpec;

/** Signatures that anybody can check and only the sender can make. */
final class Signatures {

    /** What precedes the 32 bytes of an Ed25519 public key in its X.509 form (RFC 8410). */
    private static final byte[] ED25519_PREFIX = Text.hex("302a300506032b6570032100");

    private static final int ED25519_KEY = 32;
    private static final int RSA_BITS = 2048;

    /** FIPS 186-4, D.1.2.3. */
    private static final BigInteger P256_ORDER =
            new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

    private Signatures() {}

    /** The key as it is, 32 bytes. */
    static VerificationKey ed25519(byte[] raw) {
        if (raw.length != ED25519_KEY) {
            throw new IllegalArgumentException("an Ed25519 public key has 32 bytes");
        }
        return by("Ed25519", publicKey("Ed25519", Text.joined(ED25519_PREFIX, raw)));
    }

    static VerificationKey ecdsaP256(byte[] x509) {
        return by("SHA256withECDSA", p256Key(x509));
    }

    /** With the signature as two plain numbers, as HTTP message signatures have it. */
    static VerificationKey ecdsaP256Plain(byte[] x509) {
        return by("SHA256withECDSAinP1363Format", p256Key(x509));
    }

    static VerificationKey rsaPssSha512(byte[] x509) {
        PublicKey key = rsaKey(x509);
        return claim -> claim.signatures().stream().anyMatch(signature -> {
            try {
                Signature verifier = Signature.getInstance("RSASSA-PSS");
                verifier.setParameter(
                        new PSSParameterSpec("SHA-512", "MGF1", java.security.spec.MGF1ParameterSpec.SHA512, 64, 1));
                return verifies(verifier, key, claim, signature);
            } catch (GeneralSecurityException e) {
                return false;
            }
        });
    }

    /** Of 2048 bits or more. */
    static PublicKey rsaKey(byte[] x509) {
        PublicKey key = publicKey("RSA", x509);
        if (((RSAPublicKey) key).getModulus().bitLength() < RSA_BITS) {
            throw new IllegalArgumentException("the key is weak");
        }
        return key;
    }

    private static PublicKey p256Key(byte[] x509) {
        PublicKey key = publicKey("EC", x509);
        if (!((ECPublicKey) key).getParams().getOrder().equals(P256_ORDER)) {
            throw new IllegalArgumentException("the secret is a key of another curve than P-256");
        }
        return key;
    }

    static VerificationKey rsaSha256(PublicKey key) {
        return by("SHA256withRSA", key);
    }

    private static PublicKey publicKey(String algorithm, byte[] x509) {
        try {
            return KeyFactory.getInstance(algorithm).generatePublic(new X509EncodedKeySpec(x509));
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the secret is not an " + algorithm + " public key", e);
        }
    }

    private static VerificationKey by(String algorithm, PublicKey key) {
        return claim -> claim.signatures().stream().anyMatch(signature -> {
            try {
                return verifies(Signature.getInstance(algorithm), key, claim, signature);
            } catch (GeneralSecurityException e) {
                // a signature of the wrong shape
                return false;
            }
        });
    }

    private static boolean verifies(Signature verifier, PublicKey key, Claim claim, byte[] signature)
            throws GeneralSecurityException {
        verifier.initVerify(key);
        for (byte[] part : claim.content()) {
            verifier.update(part);
        }
        return verifier.verify(signature);
    }
}
