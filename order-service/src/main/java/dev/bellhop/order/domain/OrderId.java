package dev.bellhop.order.domain;

import java.util.regex.Pattern;

/** Names an order; chosen by the client or by us. Safe in a path, a header and a Kafka key. */
public record OrderId(String value) {

    /** 64 characters: the contract's limit. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._~:-]{0,63}");

    public OrderId {
        if (!isValid(value)) {
            throw new IllegalArgumentException("an order id has 1 to 64 letters, digits, '.', '_', '~', ':' or '-'");
        }
    }

    /** Whether an order can ever have this id. */
    public static boolean isValid(String value) {
        return FORM.matcher(value).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
