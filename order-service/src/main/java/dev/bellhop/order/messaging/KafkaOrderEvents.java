package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.OrderEvent;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.OrderEvents;
import dev.bellhop.order.app.Outbox;
import dev.bellhop.order.domain.Change;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

@Singleton
final class KafkaOrderEvents implements OrderEvents {

    private final BatchProducer producer;
    private final ObjectMapper json;

    KafkaOrderEvents(BatchProducer producer, ObjectMapper json) {
        this.producer = producer;
        this.json = json;
    }

    @Override
    public Uni<Void> publish(List<Outbox.Entry> entries) {
        return producer.send(entries.stream().map(this::record).toList());
    }

    private ProducerRecord<String, byte[]> record(Outbox.Entry entry) {
        OrderEvent event = event(entry);
        RecordHeaders headers = new RecordHeaders();
        add(headers, EventHeaders.CE_SPEC_VERSION, "1.0");
        add(headers, EventHeaders.CE_ID, event.eventId());
        add(headers, EventHeaders.CE_SOURCE, "order-service");
        add(headers, EventHeaders.CE_TYPE, event.type());
        add(headers, EventHeaders.CE_TIME, event.occurredAt().toString());
        add(headers, EventHeaders.CE_PARTITION_KEY, event.orderId());
        add(headers, EventHeaders.CONTENT_TYPE, "application/json");
        String traceId = entry.change().origin().traceId();
        if (traceId != null) {
            // The relay's own span is not worth a hop: the trace goes on with the change's first half of the id.
            add(headers, EventHeaders.TRACEPARENT, "00-" + traceId + "-" + traceId.substring(16) + "-01");
        }
        return new ProducerRecord<>(Topics.ORDERS, null, event.orderId(), write(event), headers);
    }

    private static OrderEvent event(Outbox.Entry entry) {
        Change change = entry.change();
        return new OrderEvent(
                change.orderId() + "-" + change.version(),
                change.type(),
                change.orderId().value(),
                entry.customerId(),
                change.to().word(),
                change.from() == null ? null : change.from().word(),
                change.version(),
                entry.total().amount(),
                entry.total().currency(),
                change.origin().cause().word(),
                change.at());
    }

    private static void add(RecordHeaders headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    private byte[] write(OrderEvent event) {
        try {
            return json.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own events can be written", e);
        }
    }
}
