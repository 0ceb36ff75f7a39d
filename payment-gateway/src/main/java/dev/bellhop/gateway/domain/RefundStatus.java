package dev.bellhop.gateway.domain;

/** Where a refund stands. */
public enum RefundStatus {
    /** Asked for; the bank's answer comes later. The amount is reserved. */
    PENDING("Pending"),
    /** The money was given back. Final. */
    SUCCEEDED("Succeeded"),
    /** The bank refused it. Final; the amount may be refunded again. */
    FAILED("Failed");

    private final String word;

    RefundStatus(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
