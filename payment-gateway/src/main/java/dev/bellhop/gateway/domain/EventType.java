package dev.bellhop.gateway.domain;

import java.util.Locale;

/** What a webhook reports, in the past tense of the provider. */
public enum EventType {
    PAYMENT_SUCCESS,
    PAYMENT_FAILED,
    PAYMENT_CANCELLED,
    REFUND_SUCCESS,
    REFUND_FAILED;

    /** The word in the body's field {@code event}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The type that has this word. */
    public static EventType of(String word) {
        for (EventType type : values()) {
            if (type.word().equals(word)) {
                return type;
            }
        }
        throw new IllegalArgumentException("no such event type: " + word);
    }
}
