package dev.bellhop.local.command;

import static dev.bellhop.local.command.Keyed.utf8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Adyen: the signature of each item is inside the body, over eight of the item's fields. */
final class AdyenItems implements Signer {

    private static final List<String> SIGNED = List.of(
            "/pspReference",
            "/originalReference",
            "/merchantAccountCode",
            "/merchantReference",
            "/amount/value",
            "/amount/currency",
            "/eventCode",
            "/success");

    @Override
    public Map<String, String> headers(Outgoing delivery, String secret) {
        return Map.of();
    }

    @Override
    public byte[] body(byte[] unsigned, String secret) {
        byte[] key = Keyed.fromHex(secret);
        JsonNode body = json(unsigned);
        for (JsonNode element : body.path("notificationItems")) {
            if (element.path("NotificationRequestItem") instanceof ObjectNode item) {
                item.withObject("/additionalData").put("hmacSignature", signature(item, key));
            }
        }
        return utf8(body.toString());
    }

    private static String signature(JsonNode item, byte[] key) {
        String signed = SIGNED.stream().map(field -> item.at(field).asText("")).collect(Collectors.joining(":"));
        return Keyed.hmac("HmacSHA256", key, utf8(signed)).base64();
    }

    private static JsonNode json(byte[] body) {
        try {
            return new ObjectMapper().readTree(body);
        } catch (IOException e) {
            throw new IllegalArgumentException("the body is no JSON", e);
        }
    }
}
