package dev.bellhop.ingress.scheme;

import static dev.bellhop.ingress.scheme.Text.base64;
import static dev.bellhop.ingress.scheme.Text.bytes;
import static dev.bellhop.ingress.scheme.Text.hex;
import static dev.bellhop.ingress.scheme.Text.malformed;

import dev.bellhop.ingress.domain.Claim;
import dev.bellhop.ingress.domain.EventLocations;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignatureScheme;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.UnreadableSignature;
import dev.bellhop.ingress.domain.VerificationKey;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Adyen: HMAC-SHA256 in base64 inside each item of the body, over eight of its fields and nothing else of it. The
 * secret is hexadecimal. No time. */
@Singleton
final class AdyenScheme implements SignatureScheme {

    private static final String ITEMS = "/notificationItems";
    private static final String ITEM = "/NotificationRequestItem";
    private static final String SIGNATURE = ITEM + "/additionalData/hmacSignature";
    /** Adyen sends one or a few; each costs a hash before anything is proven. */
    private static final int MOST_ITEMS = 100;

    private static final List<String> SIGNED = Stream.of(
                    "/pspReference",
                    "/originalReference",
                    "/merchantAccountCode",
                    "/merchantReference",
                    "/amount/value",
                    "/amount/currency",
                    "/eventCode",
                    "/success")
            .map(field -> ITEM + field)
            .toList();
    private static final JsonFields FIELDS =
            new JsonFields(Stream.concat(SIGNED.stream(), Stream.of(SIGNATURE)).toList());

    @Override
    public String name() {
        return "adyen";
    }

    @Override
    public SourceDefaults defaults() {
        return SourceDefaults.json(EventLocations.of(
                        "json:" + ITEM + "/eventCode," + ITEM + "/pspReference," + ITEM + "/success",
                        "json:" + ITEM + "/eventCode",
                        "json:" + ITEM + "/eventDate",
                        "json:" + ITEM + "/merchantReference")
                .within("json:" + ITEMS));
    }

    @Override
    public VerificationKey key(String secret) {
        Hmac hmac = Hmac.sha256(hex(secret));
        return claim -> {
            // each item has to be proven by its own signature
            for (int i = 0; i < claim.content().size(); i++) {
                Claim item = Claim.of(claim.signatures().get(i), claim.content().get(i));
                if (!hmac.proves(item)) {
                    return false;
                }
            }
            return true;
        };
    }

    @Override
    public Claim claim(SignedRequest request) {
        List<JsonFields.Item> items = itemsOf(request);
        List<byte[]> signatures = new ArrayList<>();
        List<byte[]> content = new ArrayList<>();
        for (JsonFields.Item item : items) {
            String signature = item.values().get(SIGNATURE);
            if (signature == null) {
                throw new UnreadableSignature(Reason.SIGNATURE_MISSING);
            }
            signatures.add(base64(signature));
            content.add(bytes(SIGNED.stream()
                    .map(field -> item.values().getOrDefault(field, ""))
                    .collect(Collectors.joining(":"))));
        }
        return new Claim(null, signatures, content);
    }

    private static List<JsonFields.Item> itemsOf(SignedRequest request) {
        try {
            List<JsonFields.Item> items = FIELDS.ofItems(request.body(), ITEMS, MOST_ITEMS);
            if (items.isEmpty()) {
                throw malformed();
            }
            return items;
        } catch (IOException e) {
            throw malformed();
        }
    }
}
