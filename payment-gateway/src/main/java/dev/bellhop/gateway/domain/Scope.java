package dev.bellhop.gateway.domain;

import java.util.Arrays;

/** What an API key may do. */
public enum Scope {
    /** Ask about payments. */
    PAYMENTS_READ("payments:read"),
    /** Create and change payments. */
    PAYMENTS_WRITE("payments:write"),
    /** Everything, of everybody: webhook endpoints, events and the simulator included. */
    OPERATOR("operator");

    private final String word;

    Scope(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }

    /** The scope that a keys file calls {@code word}. */
    public static Scope of(String word) {
        return Arrays.stream(values())
                .filter(scope -> scope.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no such scope: " + word));
    }
}
