package dev.bellhop.local.command;

import static dev.bellhop.local.command.Keyed.sha256;
import static dev.bellhop.local.command.Keyed.utf8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/** Who can be played, by signature scheme. */
final class Signers {

    private static final String WHSEC = "whsec_";
    private static final byte[] NOTHING = {};

    private static final Map<String, Signer> ALL = Map.ofEntries(
            Map.entry("standard-webhooks", (o, secret) -> standard("webhook-", o, secret)),
            Map.entry("svix", (o, secret) -> standard("svix-", o, secret)),
            Map.entry(
                    "stripe",
                    (o, secret) -> Map.of(
                            "Stripe-Signature",
                            "t=" + o.seconds() + ",v1="
                                    + sha256(secret, utf8(o.seconds() + "."), o.body())
                                            .hex())),
            Map.entry(
                    "github",
                    (o, secret) -> Map.of(
                            "X-GitHub-Delivery", o.id(),
                            "X-GitHub-Event", o.event(),
                            "X-Hub-Signature-256",
                                    "sha256=" + sha256(secret, o.body()).hex())),
            Map.entry(
                    "meta",
                    (o, secret) -> Map.of(
                            "X-Hub-Signature-256",
                            "sha256=" + sha256(secret, o.body()).hex())),
            Map.entry(
                    "gitlab",
                    (o, secret) -> Map.of(
                            "Idempotency-Key", o.id(),
                            "X-Gitlab-Event", o.event(),
                            "X-Gitlab-Token", secret)),
            Map.entry(
                    "shopify",
                    (o, secret) -> Map.of(
                            "X-Shopify-Event-Id", o.id(),
                            "X-Shopify-Topic", o.event(),
                            "X-Shopify-Triggered-At", o.at().toString(),
                            "X-Shopify-Shop-Domain", "bellhop.myshopify.com",
                            "X-Shopify-Hmac-SHA256", sha256(secret, o.body()).base64())),
            Map.entry(
                    "slack",
                    (o, secret) -> Map.of(
                            "X-Slack-Request-Timestamp",
                            o.seconds(),
                            "X-Slack-Signature",
                            "v0="
                                    + sha256(secret, utf8("v0:" + o.seconds() + ":"), o.body())
                                            .hex())),
            Map.entry(
                    "typeform",
                    (o, secret) -> Map.of(
                            "Typeform-Signature",
                            "sha256=" + sha256(secret, o.body()).base64())),
            Map.entry(
                    "hubspot",
                    (o, secret) -> Map.of(
                            "X-HubSpot-Request-Timestamp", o.millis(),
                            "X-HubSpot-Signature-v3",
                                    sha256(secret, utf8("POST" + o.url()), o.body(), utf8(o.millis()))
                                            .base64())),
            Map.entry(
                    "hubspot-v1",
                    (o, secret) -> Map.of(
                            "X-HubSpot-Signature",
                            Keyed.hash(utf8(secret), o.body()).hex())),
            Map.entry(
                    "hubspot-v2",
                    (o, secret) -> Map.of(
                            "X-HubSpot-Signature",
                            Keyed.hash(utf8(secret + "POST" + o.url()), o.body())
                                    .hex())),
            Map.entry(
                    "square",
                    (o, secret) -> Map.of(
                            "x-square-hmacsha256-signature",
                            sha256(secret, utf8(o.url()), o.body()).base64())),
            Map.entry(
                    "paddle",
                    (o, secret) -> Map.of(
                            "Paddle-Signature",
                            "ts=" + o.seconds() + ";h1="
                                    + sha256(secret, utf8(o.seconds() + ":"), o.body())
                                            .hex())),
            Map.entry(
                    "woocommerce",
                    (o, secret) -> Map.of(
                            "X-WC-Webhook-Delivery-ID", o.id(),
                            "X-WC-Webhook-Topic", o.event(),
                            "X-WC-Webhook-Signature", sha256(secret, o.body()).base64())),
            Map.entry(
                    "xero",
                    (o, secret) ->
                            Map.of("x-xero-signature", sha256(secret, o.body()).base64())),
            Map.entry(
                    "mandrill",
                    (o, secret) -> Map.of(
                            "X-Mandrill-Signature",
                            Keyed.hmac("HmacSHA1", utf8(secret), utf8(o.url()), utf8(sortedFields(o.body())))
                                    .base64())),
            Map.entry("paypal", Signers::paypal),
            Map.entry("adyen", new AdyenItems()),
            Map.entry(
                    "adyen-platform",
                    (o, secret) -> Map.of(
                            "HmacSignature",
                            Keyed.hmac("HmacSHA256", Keyed.fromHex(secret), o.body())
                                    .base64())),
            Map.entry("http-message-signatures", new MessageSignature()),
            Map.entry("mailchimp", new Mailchimp()),
            Map.entry(
                    "sendgrid",
                    (o, secret) -> Map.of(
                            "X-Twilio-Email-Event-Webhook-Timestamp", o.seconds(),
                            "X-Twilio-Email-Event-Webhook-Signature",
                                    Keyed.signature("SHA256withECDSA", "EC", secret, utf8(o.seconds()), o.body())
                                            .base64())),
            Map.entry("basic", (o, secret) -> Map.of("Authorization", "Basic " + Keyed.base64(utf8(secret)))));

    private Signers() {}

    /** Null if that scheme cannot be played. */
    static @Nullable Signer named(String scheme, Map<String, String> options) {
        return "hmac".equals(scheme) ? new Described(options) : ALL.get(scheme);
    }

    static Set<String> names() {
        TreeSet<String> names = new TreeSet<>(ALL.keySet());
        names.add("hmac");
        return names;
    }

    private static Map<String, String> standard(String prefix, Outgoing o, String secret) {
        if (!secret.startsWith(WHSEC)) {
            throw new IllegalArgumentException(
                    "the secret does not begin with whsec_; of a whpk_ key the provider has the other half");
        }
        byte[] key = Base64.getDecoder().decode(secret.substring(WHSEC.length()));
        byte[] signed = utf8(o.id() + "." + o.seconds() + ".");
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put(prefix + "id", o.id());
        headers.put(prefix + "timestamp", o.seconds());
        headers.put(
                prefix + "signature",
                "v1," + Keyed.hmac("HmacSHA256", key, signed, o.body()).base64());
        return headers;
    }

    /** The certificate that it names is nobody's: it counts where the key is pinned. */
    private static Map<String, String> paypal(Outgoing o, String secret) {
        int colon = secret.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException("the secret is not WEBHOOK-ID:PRIVATE-KEY");
        }
        String time = o.at().truncatedTo(ChronoUnit.SECONDS).toString();
        CRC32 checksum = new CRC32();
        checksum.update(o.body());
        String signed = String.join("|", o.id(), time, secret.substring(0, colon), String.valueOf(checksum.getValue()));
        return Map.of(
                "PAYPAL-TRANSMISSION-ID",
                o.id(),
                "PAYPAL-TRANSMISSION-TIME",
                time,
                "PAYPAL-AUTH-ALGO",
                "SHA256withRSA",
                "PAYPAL-CERT-URL",
                "https://api.sandbox.paypal.com/v1/notifications/certs/CERT-BELLHOP",
                "PAYPAL-TRANSMISSION-SIG",
                Keyed.signature("SHA256withRSA", "RSA", secret.substring(colon + 1), utf8(signed))
                        .base64());
    }

    /** Names and values of a form, decoded, in the order of the names. */
    private static String sortedFields(byte[] form) {
        TreeMap<String, String> fields = new TreeMap<>();
        for (String field : new String(form, StandardCharsets.UTF_8).split("&", -1)) {
            int equals = field.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("the body is no form");
            }
            fields.put(decoded(field.substring(0, equals)), decoded(field.substring(equals + 1)));
        }
        StringBuilder content = new StringBuilder();
        fields.forEach((name, value) -> content.append(name).append(value));
        return content.toString();
    }

    private static String decoded(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Signs nothing: whoever knows the URL may send. */
    private static final class Mailchimp implements Signer {

        @Override
        public Map<String, String> headers(Outgoing delivery, String secret) {
            return Map.of();
        }

        @Override
        public String query(String secret) {
            return "?secret=" + URLEncoder.encode(secret, StandardCharsets.UTF_8);
        }
    }

    /** A source's own {@code options.*}, as the scheme {@code hmac} reads them. */
    private record Described(Map<String, String> options) implements Signer {

        @Override
        public Map<String, String> headers(Outgoing o, String secret) {
            String content = options.getOrDefault("content", "{body}")
                    .replace("{timestamp}", o.seconds())
                    .replace("{method}", "POST")
                    .replace("{url}", o.url());
            int body = content.indexOf("{body}");
            if (body < 0 || content.contains("{header:")) {
                throw new IllegalArgumentException("content with {header:…} or without {body} cannot be played");
            }
            String algorithm = "Hmac" + options.getOrDefault("hash", "sha256").replace("sha", "SHA");
            Keyed signature = Keyed.hmac(
                    algorithm,
                    utf8(secret),
                    utf8(content.substring(0, body)),
                    o.body(),
                    utf8(content.substring(body + "{body}".length())),
                    NOTHING);
            Map<String, String> headers = new LinkedHashMap<>();
            String stamp = options.get("timestamp-header");
            if (stamp != null) {
                headers.put(stamp, o.seconds());
            }
            headers.put(
                    options.getOrDefault("header", "X-Signature"),
                    options.getOrDefault("prefix", "")
                            + ("base64".equals(options.get("encoding")) ? signature.base64() : signature.hex()));
            return headers;
        }
    }
}
