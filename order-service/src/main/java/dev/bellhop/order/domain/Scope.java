package dev.bellhop.order.domain;

import java.util.Arrays;

/** What an API key or an access token may do. */
public enum Scope {
    /** Read one's own orders. */
    ORDERS_READ("orders:read"),
    /** Place and change one's own orders. */
    ORDERS_WRITE("orders:write"),
    /** Change products. */
    CATALOG_WRITE("catalog:write"),
    /** Everything, of everybody. */
    OPERATOR("operator");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    /** The word on the wire, in the keys file, in tokens and in the database. */
    public String word() {
        return word;
    }

    /** The scope of a {@link #word()}. Fails with {@link IllegalArgumentException}. */
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such scope: " + word));
    }
}
