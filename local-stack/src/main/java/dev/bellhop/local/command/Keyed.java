package dev.bellhop.local.command;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What only the holder of a key can make, as text. */
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

    /** ECDSA on P-256. Fails with IllegalArgumentException if the key is none: PKCS #8, base64, with or without PEM's frame. */
    static Keyed ecdsa(String privateKey, byte[]... content) {
        String base64 = privateKey.replaceAll("-----[A-Z ]+-----|\\s", "");
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(KeyFactory.getInstance("EC")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64))));
            for (byte[] part : content) {
                signature.update(part);
            }
            return new Keyed(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("it is no private key of P-256 in PKCS #8", e);
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
