package dev.bellhop.ingress.scheme;

import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.UnreadableSignature;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;

/** Text that a sender wrote, as the bytes and times that it stands for. Whatever is not exactly that is malformed. */
final class Text {

    private static final int LONGEST_TIME = 16;

    private Text() {}

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String utf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** Fails with a message that has nothing of the text, which may be a secret: the JDK's names the wrong character. */
    static byte[] hex(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what must be hexadecimal is not");
        }
    }

    /** Fails as {@link #hex} does. */
    static byte[] base64(String text) {
        try {
            return Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("what must be base64 is not");
        }
    }

    static byte[] joined(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    static boolean contains(byte[] text, byte[] piece) {
        for (int i = 0; i + piece.length <= text.length; i++) {
            if (text[i] == piece[0] && Arrays.equals(text, i, i + piece.length, piece, 0, piece.length)) {
                return true;
            }
        }
        return false;
    }

    /** What follows the prefix, which must be there. */
    static String after(String prefix, String text) {
        if (!text.startsWith(prefix)) {
            throw malformed();
        }
        return text.substring(prefix.length());
    }

    /** The values of that name in a list such as {@code t=1,v1=a,v1=b}. */
    static List<String> values(String list, char separator, String name) {
        List<String> values = new ArrayList<>();
        for (String pair : list.split(String.valueOf(separator), -1)) {
            String stripped = pair.strip();
            if (stripped.startsWith(name + "=")) {
                values.add(stripped.substring(name.length() + 1));
            }
        }
        return values;
    }

    static <T> T only(List<T> values) {
        if (values.size() != 1) {
            throw malformed();
        }
        return values.get(0);
    }

    static Instant unixSeconds(String text) {
        return Instant.ofEpochSecond(digits(text));
    }

    static Instant unixMillis(String text) {
        return Instant.ofEpochMilli(digits(text));
    }

    private static long digits(String text) {
        boolean digits = text.chars().allMatch(c -> c >= '0' && c <= '9');
        if (!digits || text.isEmpty() || text.length() > LONGEST_TIME) {
            throw malformed();
        }
        return Long.parseLong(text);
    }

    static UnreadableSignature malformed() {
        return new UnreadableSignature(Reason.SIGNATURE_MALFORMED);
    }
}
