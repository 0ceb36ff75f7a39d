package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;

/** Shopify: HMAC-SHA256 in base64 over the body, and no time: a captured delivery can be sent again for ever. */
@Singleton
final class ShopifyScheme implements SignatureScheme {

    @Override
    public String name() {
        return "shopify";
    }

    /** What happened once in a shop is told under several topics, and each of them is an event to whoever reads it. */
    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(
                EventLocations.of(
                        "header:X-Shopify-Event-Id,X-Shopify-Topic,X-Shopify-Shop-Domain",
                        "header:X-Shopify-Topic",
                        "header:X-Shopify-Triggered-At",
                        "json:/id"),
                "x-shopify-topic",
                "x-shopify-shop-domain",
                "x-shopify-webhook-id",
                "x-shopify-api-version");
    }

    @Override
    public VerificationKey key(String secret) {
        return Hmac.sha256(secret);
    }

    @Override
    public Claim claim(SignedRequest request) {
        return Claim.of(base64(request.required("X-Shopify-Hmac-SHA256")), request.body());
    }
}
