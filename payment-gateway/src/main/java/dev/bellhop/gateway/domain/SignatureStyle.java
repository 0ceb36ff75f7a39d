package dev.bellhop.gateway.domain;

import java.util.Locale;

/** How an endpoint wants its webhooks signed. */
public enum SignatureStyle {
    /** Standard Webhooks with a shared secret: {@code webhook-signature: v1,…}. */
    STANDARD_WEBHOOKS,
    /** Standard Webhooks with an Ed25519 key pair: {@code webhook-signature: v1a,…}. */
    STANDARD_WEBHOOKS_ASYMMETRIC,
    /** {@code Stripe-Signature: t=…,v1=…}. */
    STRIPE,
    /** {@code X-Hub-Signature-256: sha256=…}. */
    GITHUB;

    /** The name in the API. */
    public String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The style that the API calls {@code word}. */
    public static SignatureStyle of(String word) {
        for (SignatureStyle style : values()) {
            if (style.word().equals(word)) {
                return style;
            }
        }
        throw new IllegalArgumentException("no such signature style: " + word);
    }
}
