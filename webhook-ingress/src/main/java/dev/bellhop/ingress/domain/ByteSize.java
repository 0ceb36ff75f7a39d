package dev.bellhop.ingress.domain;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A number of bytes, written as {@code 512}, {@code 64K}, {@code 25M} or {@code 1G}. */
public record ByteSize(long bytes) {

    private static final Pattern TEXT = Pattern.compile("(\\d{1,9})([KMG]?)");
    private static final String UNITS = "KMG";

    public ByteSize {
        if (bytes <= 0) {
            throw new IllegalArgumentException("a size must be more than nothing");
        }
    }

    /** As written in configuration. */
    public static ByteSize of(String text) {
        Matcher matcher = TEXT.matcher(text.strip().toUpperCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + text + "' is not a size such as 512, 64K, 25M or 1G");
        }
        String unit = matcher.group(2);
        int kilos = unit.isEmpty() ? 0 : UNITS.indexOf(unit) + 1;
        return new ByteSize(Long.parseLong(matcher.group(1)) << (10 * kilos));
    }
}
