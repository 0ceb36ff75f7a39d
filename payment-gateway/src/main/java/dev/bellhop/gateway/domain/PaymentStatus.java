package dev.bellhop.gateway.domain;

/** Where a payment stands. {@link #word} is what the API and the webhooks say. */
public enum PaymentStatus {
    /** Created; no customer has tried to pay yet. */
    PENDING("Pending"),
    /** Confirmed with a card whose answer comes later. Looks like {@link #PENDING} from outside. */
    PROCESSING("Pending"),
    /** The money is reserved and waits for its capture. */
    AUTHORIZED("Authorized"),
    /** The money was taken. */
    PAID("Paid"),
    /** The last attempt was declined; another attempt may still succeed. */
    FAILED("Failed"),
    /** Given up by the merchant or expired. Final. */
    CANCELLED("Cancelled"),
    /** Paid, and a part was given back. */
    PARTIALLY_REFUNDED("PartiallyRefunded"),
    /** Paid, and everything was given back. Final. */
    REFUNDED("Refunded");

    private final String word;

    PaymentStatus(String word) {
        this.word = word;
    }

    public String word() {
        return word;
    }
}
