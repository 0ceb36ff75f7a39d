package dev.bellhop.gateway.domain;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Chance that can be repeated: the same words give the same number, in every run and on every thread. */
public final class Dice {

    private static final double TWO_TO_53 = 1L << 53;

    private Dice() {}

    /** A number from 0 (inclusive) to 1 (exclusive). */
    public static double roll(String... words) {
        return (ByteBuffer.wrap(hash(words)).getLong() >>> 11) / TWO_TO_53;
    }

    /** The SHA-256 of the words, each ended by a zero byte. */
    public static byte[] hash(String... words) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String word : words) {
                digest.update(word.getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
