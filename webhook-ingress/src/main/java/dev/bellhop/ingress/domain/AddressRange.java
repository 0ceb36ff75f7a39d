package dev.bellhop.ingress.domain;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** Internet addresses in CIDR notation: {@code 192.0.2.0/24}, {@code 2001:db8::/32}, or a single one. */
public record AddressRange(InetAddress address, int bits) {

    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final String IPV4 = BYTE + "(?:\\." + BYTE + "){3}";
    private static final String IPV6 = "[0-9a-fA-F]*:[0-9a-fA-F:.]*";
    /** Addresses only, with all their parts: what else has no colon before any dot may be looked up, or {@code 10} be 0.0.0.10. */
    private static final Pattern LITERAL = Pattern.compile(IPV4 + "|" + IPV6);

    private static final String PORT = "(?:[1-9]\\d{0,3}|[1-5]\\d{4}|6[0-4]\\d{3}|65[0-4]\\d{2}|655[0-2]\\d|6553[0-5])";
    /** Without brackets nobody could tell a port from the end of an IPv6 address. */
    private static final Pattern WITH_PORT =
            Pattern.compile("\\A(?:(" + IPV4 + ")|\\[(" + IPV6 + ")])(?::" + PORT + ")?\\z");

    public AddressRange {
        if (bits < 0 || bits > address.getAddress().length * Byte.SIZE) {
            throw new IllegalArgumentException("a prefix longer than the address");
        }
    }

    /** As written in configuration. */
    public static AddressRange of(String text) {
        int slash = text.indexOf('/');
        InetAddress address = address(slash < 0 ? text : text.substring(0, slash));
        int all = address.getAddress().length * Byte.SIZE;
        return new AddressRange(address, slash < 0 ? all : bits(text.substring(slash + 1)));
    }

    private static int bits(String text) {
        if (!text.matches("\\d{1,3}")) {
            throw new IllegalArgumentException("'" + text + "' is no prefix's length");
        }
        return Integer.parseInt(text);
    }

    /**
     * Whether this literal address is in the range. It may be as proxies write it in {@code X-Forwarded-For}: with a port behind
     * it, an IPv6 address in brackets. False for whatever is not an address.
     */
    public boolean contains(String literal) {
        try {
            return contains(address(WITH_PORT.matcher(literal).replaceFirst("$1$2")));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private boolean contains(InetAddress other) {
        byte[] mine = address.getAddress();
        byte[] theirs = other.getAddress();
        if (mine.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit++) {
            int mask = 0x80 >> (bit % Byte.SIZE);
            if (((mine[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    private static InetAddress address(String literal) {
        try {
            if (LITERAL.matcher(literal).matches()) {
                return InetAddress.getByName(literal);
            }
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("'" + literal + "' is not an address", e);
        }
        throw new IllegalArgumentException("'" + literal + "' is not an address");
    }
}
