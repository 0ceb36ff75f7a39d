package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.StoredEvents;
import dev.bellhop.order.domain.ReceivedEvent;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Rebuilds the record that an inbox entry was, and reads it like any other. */
@Singleton
final class StoredPaymentEvents implements StoredEvents {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final PaymentRecords records;
    private final ObjectMapper json;

    StoredPaymentEvents(PaymentRecords records, ObjectMapper json) {
        this.records = records;
        this.json = json;
    }

    @Override
    public Optional<ReceivedEvent> read(InboxLog.Entry entry) {
        ConsumerRecord<String, byte[]> record =
                new ConsumerRecord<>(Topics.PAYMENTS, 0, 0, entry.orderId(), entry.body());
        try {
            json.readValue(entry.headers(), HEADERS)
                    .forEach((name, value) -> record.headers().add(name, value.getBytes(StandardCharsets.UTF_8)));
            return Optional.of(records.read(record));
        } catch (JsonProcessingException | PaymentRecords.Poison e) {
            return Optional.empty();
        }
    }
}
