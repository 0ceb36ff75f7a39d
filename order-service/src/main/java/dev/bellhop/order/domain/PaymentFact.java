package dev.bellhop.order.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What one event, or one answer of the provider, says about an order's money. Two facts that say the same are one fact:
 * {@link #key()} is equal.
 *
 * @param kind what happened
 * @param origin who says so
 * @param paymentId the provider's name of the payment, or {@link #UNNAMED}
 * @param refundId the provider's name of the refund, {@linkplain #unnamedRefund what stands for it}, or empty if it is about none
 * @param amount minor units; null if it was not said
 * @param currency ISO 4217; null if it was not said, which means the order's
 * @param ruling what was decided about it later
 */
public record PaymentFact(
        Kind kind,
        Origin origin,
        String paymentId,
        String refundId,
        @Nullable Long amount,
        @Nullable String currency,
        Ruling ruling) {

    private static final Pattern NAME = Pattern.compile("[\\x21-\\x7e]{1,255}");

    /** The payment of events that name none. */
    public static final String UNNAMED = "";

    /** What happened. */
    public enum Kind {
        /** The money was taken. */
        CAPTURED,
        /** The payment failed. */
        FAILED,
        /** The payment was given up. */
        CANCELLED,
        /** A refund went through. */
        REFUNDED,
        /** A refund failed; the money stays. */
        REFUND_FAILED
    }

    /** Who says so. */
    public enum Origin {
        /** A verified webhook. */
        WEBHOOK,
        /** The provider's own answer when asked: it outweighs a webhook about the same payment or refund. */
        PROVIDER
    }

    /** What was decided about a fact. */
    public enum Ruling {
        /** Nothing: it counts as it is. */
        NONE,
        /** An operator took the capture as it is, whatever its amount. */
        ACCEPTED,
        /** An operator settled it outside; neither it nor another fact that says the same counts any longer. */
        DISMISSED,
        /** The provider, asked, knows nothing of it. */
        DENIED
    }

    public PaymentFact {
        if (amount != null && amount < 0) {
            throw new IllegalArgumentException("an amount is never negative");
        }
        if (kind == Kind.REFUNDED && refundId.isEmpty()) {
            throw new IllegalArgumentException("refunds add up by their id, so each has one");
        }
    }

    /** Whether a provider may call a payment, a refund or an event so: it goes into logs, keys and columns. */
    public static boolean isName(@Nullable String text) {
        return text != null && NAME.matcher(text).matches();
    }

    /** What stands for the name of a refund that has none: the event that reports it, behind what no name begins with. */
    public static String unnamedRefund(String eventId) {
        return " " + eventId;
    }

    /** Whether it is about a refund, and does not say which. */
    public boolean isUnnamedRefund() {
        return kind == Kind.REFUNDED && refundId.startsWith(" ");
    }

    /** Equal for facts that say the same; unique within an order. */
    public String key() {
        return kind + "|" + origin + "|" + paymentId + "|" + refundId + "|" + (amount == null ? "" : amount) + "|"
                + (currency == null ? "" : currency);
    }

    /** The same fact after a decision. */
    public PaymentFact ruled(Ruling decided) {
        return new PaymentFact(kind, origin, paymentId, refundId, amount, currency, decided);
    }
}
