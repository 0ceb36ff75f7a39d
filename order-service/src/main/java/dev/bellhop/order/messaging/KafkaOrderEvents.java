package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.OrderEvent;
import dev.bellhop.order.app.OrderEvents;
import dev.bellhop.order.app.Outbox;
import dev.bellhop.order.domain.Change;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;

@Singleton
final class KafkaOrderEvents implements OrderEvents {

    private final MutinyEmitter<byte[]> emitter;
    private final ObjectMapper json;

    KafkaOrderEvents(
            @Channel("order-events") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter,
            ObjectMapper json) {
        this.emitter = emitter;
        this.json = json;
    }

    @Override
    public Uni<Void> publish(List<Outbox.Entry> entries) {
        return Uni.join()
                .all(entries.stream().map(this::publish).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private Uni<Void> publish(Outbox.Entry entry) {
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
        return emitter.sendMessage(Message.of(write(event))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(event.orderId())
                        .withHeaders(headers)
                        .build()));
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
