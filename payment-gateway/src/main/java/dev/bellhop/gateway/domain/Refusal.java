package dev.bellhop.gateway.domain;

import java.util.Locale;

/** Why a payment does not move. {@link #code} is the stable code of the problem that a client sees. */
public enum Refusal {
    ALREADY_PAID("the payment was paid already"),
    ALREADY_AUTHORIZED("the payment is authorized: capture or cancel it"),
    BEING_PROCESSED("the card's answer is awaited"),
    CANCELLED("the payment was cancelled"),
    NOT_AUTHORIZED("there is nothing to capture"),
    NOT_PAID("there is nothing to refund"),
    FULLY_REFUNDED("everything was refunded already"),
    TOO_MUCH("the amount is more than what is left");

    private final String reason;

    Refusal(String reason) {
        this.reason = reason;
    }

    public String reason() {
        return reason;
    }

    public String code() {
        return "payment_" + name().toLowerCase(Locale.ROOT);
    }
}
