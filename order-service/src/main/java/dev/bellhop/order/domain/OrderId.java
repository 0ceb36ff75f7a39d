package dev.bellhop.order.domain;

import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Names an order; chosen by the client or by us. Safe in a path, a header and a Kafka key. */
public record OrderId(String value) {

    /** The contract's limit. */
    private static final int LONGEST = 64;

    public OrderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an order id has 1 to 64 letters, digits, '.', '_', '~', ':' or '-'");
        }
    }

    /**
     * A new one, which nobody has heard of: a UUID of version 7 (RFC 9562, section 5.7), so that orders of one time lie
     * together in an index.
     */
    public static OrderId made(Instant now, RandomGenerator random) {
        long first = (now.toEpochMilli() << 16) | 0x7000 | (random.nextLong() & 0xfff);
        long second = (random.nextLong() >>> 2) | Long.MIN_VALUE;
        return new OrderId("ord_" + new UUID(first, second));
    }

    /** Whether an order can ever have this id. */
    public static boolean isValid(String value) {
        if (value.isEmpty() || value.length() > LONGEST || !isAlphanumeric(value.charAt(0))) {
            return false;
        }
        for (int i = 1; i < value.length(); i++) {
            if (!isAlphanumeric(value.charAt(i)) && "._~:-".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    /** In ASCII; a pattern would cost several times as much, and every record is asked. */
    private static boolean isAlphanumeric(char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
    }

    @Override
    public String toString() {
        return value;
    }
}
