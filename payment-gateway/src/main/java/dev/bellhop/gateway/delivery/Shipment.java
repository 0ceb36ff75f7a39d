package dev.bellhop.gateway.delivery;

import dev.bellhop.gateway.domain.Delivery;
import dev.bellhop.gateway.domain.Dice;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.Fault;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is really put on the wire for one attempt: the sound webhook, or what the plan has made of it. */
@SuppressWarnings("ArrayRecordComponent") // bytes that are sent; never compared
record Shipment(Map<String, String> headers, byte[] body, Manner manner, Duration slowness) {

    static Shipment of(Delivery delivery, Instant timestamp) {
        Packing packing = new Packing(delivery, timestamp);
        for (Fault fault : delivery.faultsNow()) {
            packing.apply(fault);
        }
        return packing.done();
    }

    /** How the body is sent. */
    enum Manner {
        WHOLE,
        SLOWLY,
        TRUNCATED,
        RESET
    }

    private static final class Packing {

        private final Delivery delivery;
        private final Endpoint endpoint;
        private Instant timestamp;
        private String signed;
        private @Nullable String changedAfterwards;
        private boolean otherBytesSigned;
        private boolean unsigned;
        private List<SigningSecret> secrets;
        private String contentType = "application/json";
        private Manner manner = Manner.WHOLE;
        private Duration slowness = Duration.ZERO;

        Packing(Delivery delivery, Instant timestamp) {
            this.delivery = delivery;
            this.endpoint = delivery.endpoint();
            this.timestamp = timestamp;
            this.signed = new String(delivery.body(), StandardCharsets.UTF_8);
            this.secrets = endpoint.secrets().stream()
                    .filter(secret -> secret.live(timestamp))
                    .toList();
        }

        void apply(Fault fault) {
            switch (fault.kind()) {
                case BAD_SIGNATURE -> otherBytesSigned = true;
                case WRONG_KEY -> secrets = List.of(new SigningSecret(strangeSecret(), null));
                case NO_SIGNATURE -> unsigned = true;
                case STALE_TIMESTAMP -> timestamp = timestamp.minus(fault.by());
                case FUTURE_TIMESTAMP -> timestamp = timestamp.plus(fault.by());
                case BODY_CHANGED -> changedAfterwards = signed.replaceFirst("(\"amount\":\\d+)", "$10");
                case TRUNCATED_BODY -> manner = Manner.TRUNCATED;
                case WRONG_CONTENT_TYPE -> contentType = "text/plain";
                case OVERSIZED -> signed = padded(signed, fault.size());
                case AMOUNT_CHANGED -> signed = signed.replaceFirst("\"amount\":\\d+", "\"amount\":" + otherAmount());
                case CURRENCY_CHANGED ->
                    signed = signed.replaceFirst(
                            "\"currency\":\"[A-Z]{3}\"",
                            "\"currency\":\"" + (signed.contains("\"currency\":\"CHF\"") ? "SEK" : "CHF") + "\"");
                case UNKNOWN_ORDER -> signed = signed.replaceFirst("\"orderId\":\"", "\"orderId\":\"unknown-");
                case SLOW_SENDING -> {
                    manner = Manner.SLOWLY;
                    slowness = fault.by();
                }
                case CONNECTION_RESET -> manner = Manner.RESET;
                case DUPLICATE,
                        DELAY,
                        REORDER,
                        DROP,
                        LATENCY,
                        ERROR,
                        OUTAGE,
                        TOO_MANY_REQUESTS,
                        RESPONSE_LOST,
                        LATE_ANSWER,
                        STALE_STATUS -> throw new IllegalStateException(fault.kind() + " is no fault of an attempt");
            }
        }

        private long otherAmount() {
            return Long.parseLong(signed.replaceFirst("(?s).*?\"amount\":(\\d+).*", "$1")) + 1;
        }

        private static String padded(String json, int size) {
            int missing = Math.max(0, size - json.length() - ",\"padding\":\"\"".length());
            return json.substring(0, json.length() - 1) + ",\"padding\":\"" + "x".repeat(missing) + "\"}";
        }

        /** Strange to the merchant, and the same in every run. */
        private String strangeSecret() {
            byte[] key = Dice.hash("wrong key", delivery.eventId());
            String text = Base64.getEncoder().encodeToString(key);
            return endpoint.style() == SignatureStyle.STANDARD_WEBHOOKS_ASYMMETRIC ? "whsk_" + text : "whsec_" + text;
        }

        Shipment done() {
            byte[] bytes = (otherBytesSigned ? signed + " " : signed).getBytes(StandardCharsets.UTF_8);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put("Content-Type", contentType);
            if (!unsigned) {
                headers.putAll(WebhookSigner.headers(
                        endpoint.style(),
                        secrets,
                        delivery.eventId(),
                        delivery.type().word(),
                        timestamp,
                        bytes));
            }
            if (delivery.traceparent() != null) {
                headers.put("traceparent", delivery.traceparent());
            }
            String sent = changedAfterwards != null ? changedAfterwards : signed;
            return new Shipment(headers, sent.getBytes(StandardCharsets.UTF_8), manner, slowness);
        }
    }
}
