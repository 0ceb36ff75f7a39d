package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.utf8;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reply;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** WooCommerce: HMAC-SHA256 in base64 over the body. No time. */
@Singleton
final class WooCommerceScheme implements SignatureScheme {

    private static final Pattern PING = Pattern.compile("webhook_id=\\d{1,19}");

    @Override
    public String name() {
        return "woocommerce";
    }

    /** The delivery's id is made of the webhook's and the second: those of one second all have the same. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                        EventLocations.of(
                                "header:X-WC-Webhook-Delivery-ID,@sha256",
                                "header:X-WC-Webhook-Topic",
                                null,
                                "json:/id"),
                        "x-wc-webhook-topic",
                        "x-wc-webhook-source",
                        "x-wc-webhook-id")
                .ofTypes(SourceDefaults.JSON, SourceDefaults.FORM);
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(base64(request.required("X-WC-Webhook-Signature")), request.body());
    }

    /** Saving a webhook posts {@code webhook_id=7}, and nothing that proves it. */
    @Override
    public @Nullable Reply unsigned(SignedRequest request) {
        return PING.matcher(utf8(request.body())).matches() ? Reply.EMPTY : null;
    }
}
