package dev.bellhop.local;

import java.util.List;
import java.util.Map;

/**
 * A source that the local ingress has besides the payment gateway's, so that {@code ./bellhop send} works at once.
 *
 * @param scheme how it signs
 * @param signsUrl whether the provider signs the URL that it was given
 * @param options what the scheme wants to know
 */
record SampleSource(String name, String scheme, Secret secret, boolean signsUrl, Map<String, String> options) {

    /** All their events go here: a topic for each would make every start slower. */
    static final String TOPIC = "webhooks.samples";

    /** What a secret of it looks like. */
    enum Secret {
        TEXT,
        HEXADECIMAL,
        BASE64,
        WHSEC,
        USER_AND_PASSWORD,
        KEY_PAIR,
        ID_AND_KEY_PAIR
    }

    /** One for each scheme; the payment gateway is the one of Standard Webhooks. */
    static final List<SampleSource> ALL = List.of(
            signing("github"),
            new SampleSource("meta", "meta", Secret.TEXT, false, Map.of("verify-token", "bellhop")),
            signing("gitlab"),
            signing("stripe"),
            signing("shopify"),
            signing("slack"),
            signing("typeform"),
            signing("paddle"),
            signing("woocommerce"),
            signing("xero"),
            signing("mailchimp"),
            signing("hubspot-v1"),
            signingUrl("hubspot-v2"),
            signingUrl("hubspot"),
            signingUrl("square"),
            signingUrl("mandrill"),
            new SampleSource("adyen", "adyen", Secret.HEXADECIMAL, false, Map.of()),
            new SampleSource("adyen-platform", "adyen-platform", Secret.HEXADECIMAL, false, Map.of()),
            new SampleSource("svix", "svix", Secret.WHSEC, false, Map.of()),
            new SampleSource("http-message-signatures", "http-message-signatures", Secret.BASE64, true, Map.of()),
            new SampleSource("sendgrid", "sendgrid", Secret.KEY_PAIR, false, Map.of()),
            new SampleSource("paypal", "paypal", Secret.ID_AND_KEY_PAIR, false, Map.of()),
            new SampleSource("chargebee", "basic", Secret.USER_AND_PASSWORD, false, Map.of()),
            new SampleSource(
                    "custom",
                    "hmac",
                    Secret.TEXT,
                    false,
                    Map.of(
                            "header",
                            "X-Signature",
                            "content",
                            "{timestamp}.{body}",
                            "timestamp-header",
                            "X-Timestamp")));

    private static SampleSource signing(String name) {
        return new SampleSource(name, name, Secret.TEXT, false, Map.of());
    }

    private static SampleSource signingUrl(String name) {
        return new SampleSource(name, name, Secret.TEXT, true, Map.of());
    }
}
