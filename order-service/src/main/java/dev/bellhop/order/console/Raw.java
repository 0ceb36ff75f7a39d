package dev.bellhop.order.console;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Bytes that strangers sent, as text that can do no harm: text if they are UTF-8, else in hexadecimal. Characters that
 * cannot be seen, or that turn the reading direction, are written out as {@code \}{@code uXXXX}.
 *
 * @param size how many bytes there are; {@code text} may show fewer
 */
record Raw(String text, long size, Form form, boolean cut) {

    private static final int MOST = 65_536;
    private static final int MOST_HEX = 4_096;
    private static final int PER_LINE = 16;

    /** How they are shown. */
    enum Form {
        TEXT,
        HEXADECIMAL
    }

    static Raw of(byte[] bytes) {
        return of(bytes, bytes.length);
    }

    /** Of {@code size} bytes these are all, or the beginning. */
    static Raw of(byte[] bytes, long size) {
        byte[] shown = bytes.length <= MOST ? bytes : Arrays.copyOf(bytes, MOST);
        boolean cut = shown.length < size;
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(cut ? whole(shown) : shown))
                    .toString();
            return new Raw(visible(text), size, Form.TEXT, cut);
        } catch (CharacterCodingException e) {
            return new Raw(hexadecimal(bytes), size, Form.HEXADECIMAL, size > MOST_HEX);
        }
    }

    /** Without the beginning of a character that was cut in two. */
    private static byte[] whole(byte[] cut) {
        for (int back = 1; back <= 3; back++) {
            int octet = cut[cut.length - back] & 0xFF;
            if (octet >= 0xC0) {
                return Arrays.copyOf(cut, cut.length - back);
            }
            if (octet < 0x80) {
                return cut;
            }
        }
        return cut;
    }

    /** The same text with what cannot be seen written out. Lines and tabs stay. */
    static String visible(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            boolean hidden =
                    switch (Character.getType(point)) {
                        case Character.CONTROL -> point != '\n' && point != '\t';
                        case Character.FORMAT,
                                Character.SURROGATE,
                                Character.LINE_SEPARATOR,
                                Character.PARAGRAPH_SEPARATOR -> true;
                        default -> false;
                    };
            if (hidden) {
                shown.append(String.format(Locale.ROOT, "\\u%04X", point));
            } else {
                shown.appendCodePoint(point);
            }
        });
        return shown.toString();
    }

    private static String hexadecimal(byte[] bytes) {
        StringBuilder shown = new StringBuilder();
        int end = Math.min(bytes.length, MOST_HEX);
        for (int line = 0; line < end; line += PER_LINE) {
            StringBuilder letters = new StringBuilder();
            shown.append(String.format(Locale.ROOT, "%06x ", line));
            for (int n = line; n < Math.min(line + PER_LINE, end); n++) {
                int octet = bytes[n] & 0xFF;
                shown.append(String.format(Locale.ROOT, " %02x", octet));
                letters.append(octet >= 0x20 && octet < 0x7F ? (char) octet : '.');
            }
            shown.append("  ").append(letters).append('\n');
        }
        return shown.toString();
    }
}
