package dev.bellhop.local.command;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves something about bytes, nearly always by a key; as text. */
@SuppressWarnings("ArrayRecordComponent") // made and read at once
record Keyed(byte[] bytes) {

    static Keyed hmac(String algorithm, byte[] key, byte[]... content) {
        try {
            Mac mac = Mac.getInstance(algorithm);
            mac.init(new SecretKeySpec(key, algorithm));
            for (byte[] part : content) {
                mac.update(part);
            }
            return new Keyed(mac.doFinal());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + algorithm, e);
        }
    }

    static Keyed sha256(String secret, byte[]... content) {
        return hmac("HmacSHA256", utf8(secret), content);
    }

    /** SHA-256 without a key. */
    static Keyed hash(byte[]... content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : content) {
                digest.update(part);
            }
            return new Keyed(digest.digest());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /**
     * By a private key of that kind: PKCS #8, base64, with or without PEM's frame. Fails with IllegalArgumentException if it
     * is none.
     */
    static Keyed signature(String algorithm, String kind, String privateKey, byte[]... content) {
        String base64 = privateKey.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            Signature signature = Signature.getInstance(algorithm);
            signature.initSign(KeyFactory.getInstance(kind)
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
            for (byte[] part : content) {
                signature.update(part);
            }
            return new Keyed(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the secret is no private key (" + kind + ") in PKCS #8", e);
        }
    }

    /** A key that is written in hexadecimal. Fails with IllegalArgumentException, and without showing it, if it is not. */
    static byte[] fromHex(String secret) {
        try {
            return HexFormat.of().parseHex(secret);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("the secret is not hexadecimal", e);
        }
    }

    String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    String base64() {
        return base64(bytes);
    }

    static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
