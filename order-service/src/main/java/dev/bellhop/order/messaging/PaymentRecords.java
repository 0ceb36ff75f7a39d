package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.PaymentEvent;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.ReceivedEvent;
import dev.bellhop.order.domain.Rfc3339;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** What records of the payments topic say. Whatever can never be applied is {@link Poison}, with a stable reason. */
@Singleton
final class PaymentRecords {

    private static final Pattern TRACEPARENT = Pattern.compile("[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}.*");

    private final ObjectMapper json;
    private final Clock clock;

    PaymentRecords(ObjectMapper json, Clock clock) {
        this.json = json;
        this.clock = clock;
    }

    /** The record can never be applied. */
    static final class Poison extends Exception {

        private static final long serialVersionUID = 1L;

        /** {@code reason} is stable. */
        Poison(String reason) {
            super(reason, null, false, false);
        }
    }

    ReceivedEvent read(ConsumerRecord<String, byte[]> record) throws Poison {
        byte[] body = record.value();
        if (body == null) {
            throw new Poison("no_value");
        }
        PaymentEvent event = parse(body);
        String source = name(header(record, EventHeaders.CE_SOURCE), "no_source");
        String id = header(record, EventHeaders.CE_ID);
        String eventId = name(id == null ? event.eventId() : id, "no_event_id");
        if (event.orderId() == null || !OrderId.isValid(event.orderId())) {
            throw new Poison("invalid_order_id");
        }
        return new ReceivedEvent(
                source,
                eventId,
                event.event(),
                event.orderId(),
                fact(event, eventId),
                header(record, EventHeaders.CONTENT_TYPE),
                headers(record),
                body,
                receivedAt(record),
                traceId(record));
    }

    private PaymentEvent parse(byte[] body) throws Poison {
        try {
            PaymentEvent event = json.readValue(body, PaymentEvent.class);
            if (event == null) {
                throw new Poison("malformed_json");
            }
            return event;
        } catch (IOException e) {
            throw new Poison("malformed_json");
        }
    }

    private static PaymentFact fact(PaymentEvent event, String eventId) throws Poison {
        if (event.event() == null) {
            throw new Poison("unknown_event");
        }
        PaymentFact.Kind kind =
                switch (event.event()) {
                    case PaymentEvent.SUCCESS -> PaymentFact.Kind.CAPTURED;
                    case PaymentEvent.FAILED -> PaymentFact.Kind.FAILED;
                    case PaymentEvent.CANCELLED -> PaymentFact.Kind.CANCELLED;
                    case PaymentEvent.REFUND_SUCCESS -> PaymentFact.Kind.REFUNDED;
                    case PaymentEvent.REFUND_FAILED -> PaymentFact.Kind.REFUND_FAILED;
                    default -> throw new Poison("unknown_event");
                };
        boolean moves = kind == PaymentFact.Kind.CAPTURED || kind == PaymentFact.Kind.REFUNDED;
        Long amount = event.amount();
        if (amount == null ? moves : amount < 0) {
            throw new Poison("invalid_amount");
        }
        String currency = event.currency();
        if (currency != null && !Money.isCurrency(currency)) {
            throw new Poison("invalid_currency");
        }
        String paymentId =
                event.paymentId() == null ? PaymentFact.UNNAMED : name(event.paymentId(), "invalid_payment_id");
        String refundId = event.refundId() == null ? "" : name(event.refundId(), "invalid_refund_id");
        boolean isRefund = kind == PaymentFact.Kind.REFUNDED || kind == PaymentFact.Kind.REFUND_FAILED;
        if (isRefund && refundId.isEmpty()) {
            refundId = PaymentFact.unnamedRefund(eventId);
        }
        return new PaymentFact(
                kind, PaymentFact.Origin.WEBHOOK, paymentId, refundId, amount, currency, PaymentFact.Ruling.NONE);
    }

    private static String name(@Nullable String text, String reason) throws Poison {
        if (text == null || !PaymentFact.isName(text)) {
            throw new Poison(reason);
        }
        return text;
    }

    private Instant receivedAt(ConsumerRecord<String, byte[]> record) {
        String at = header(record, EventHeaders.RECEIVED_AT);
        try {
            return at == null ? clock.instant() : Rfc3339.parse(at);
        } catch (DateTimeParseException e) {
            return clock.instant();
        }
    }

    private static @Nullable String traceId(ConsumerRecord<String, byte[]> record) {
        String traceparent = header(record, EventHeaders.TRACEPARENT);
        if (traceparent == null) {
            return null;
        }
        var matcher = TRACEPARENT.matcher(traceparent);
        return matcher.matches() ? matcher.group(1) : null;
    }

    static @Nullable String header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? null
                : new String(header.value(), StandardCharsets.UTF_8).replace("\0", "");
    }

    String headers(ConsumerRecord<String, byte[]> record) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Header header : record.headers()) {
            byte[] value = header.value();
            headers.put(header.key(), value == null ? "" : new String(value, StandardCharsets.UTF_8).replace("\0", ""));
        }
        try {
            return json.writeValueAsString(headers);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings can be written", e);
        }
    }
}
