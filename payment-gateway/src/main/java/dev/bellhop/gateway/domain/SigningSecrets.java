package dev.bellhop.gateway.domain;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Makes and checks the texts of {@link SigningSecret}s, in the form that each {@link SignatureStyle} is used to. */
public final class SigningSecrets {

    private static final String SHARED = "whsec_";
    private static final String PRIVATE = "whsk_";
    private static final String PUBLIC = "whpk_";
    private static final int ED25519_BYTES = 32;

    /** As many signatures as receivers take: ours, for one, refuses a webhook with more. */
    public static final int MOST_LIVE = 10;

    private SigningSecrets() {}

    /** A new secret. */
    public static String generate(SignatureStyle style, SecureRandom random) {
        if (style == SignatureStyle.STANDARD_WEBHOOKS_ASYMMETRIC) {
            return PRIVATE + Base64.getEncoder().encodeToString(keyPair(random));
        }
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return SHARED + Base64.getEncoder().encodeToString(bytes);
    }

    /** The seed, then the public key, as Standard Webhooks writes them. */
    private static byte[] keyPair(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
            generator.initialize(255, random);
            KeyPair pair = generator.generateKeyPair();
            // Both encodings end in the 32 bytes of the key itself (RFC 8410).
            byte[] whole = Arrays.copyOf(last(pair.getPrivate().getEncoded()), 2 * ED25519_BYTES);
            System.arraycopy(last(pair.getPublic().getEncoded()), 0, whole, ED25519_BYTES, ED25519_BYTES);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK since 15 has Ed25519", e);
        }
    }

    private static byte[] last(byte[] encoded) {
        return Arrays.copyOfRange(encoded, encoded.length - ED25519_BYTES, encoded.length);
    }

    /** Whether webhooks of this style can be signed with this text, and whether it is strong enough to be worth it. */
    public static boolean acceptable(SignatureStyle style, String text) {
        return switch (style) {
            case STANDARD_WEBHOOKS ->
                text.startsWith(SHARED) && decodedLength(text, SHARED) >= 24 && decodedLength(text, SHARED) <= 64;
            case STANDARD_WEBHOOKS_ASYMMETRIC ->
                text.startsWith(PRIVATE) && decodedLength(text, PRIVATE) == 2 * ED25519_BYTES;
            // PostgreSQL's text knows no NUL.
            case STRIPE, GITHUB -> text.getBytes(StandardCharsets.UTF_8).length >= 16 && text.indexOf('\0') < 0;
        };
    }

    private static int decodedLength(String text, String prefix) {
        try {
            return Base64.getDecoder().decode(text.substring(prefix.length())).length;
        } catch (IllegalArgumentException e) {
            return -1;
        }
    }

    /** What the receiver of asymmetric signatures needs; null where the secret is shared. */
    public static @Nullable String publicKey(Endpoint endpoint) {
        if (endpoint.style() != SignatureStyle.STANDARD_WEBHOOKS_ASYMMETRIC) {
            return null;
        }
        byte[] pair =
                Base64.getDecoder().decode(endpoint.secrets().get(0).text().substring(PRIVATE.length()));
        return PUBLIC + Base64.getEncoder().encodeToString(last(pair));
    }
}
