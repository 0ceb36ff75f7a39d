package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.Redriven;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;

@Singleton
final class KafkaRedriven implements Redriven {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final BatchProducer producer;
    private final ObjectMapper json;

    KafkaRedriven(BatchProducer producer, ObjectMapper json) {
        this.producer = producer;
        this.json = json;
    }

    @Override
    public Uni<Void> send(DeadLetterLog.Letter letter) {
        RecordHeaders headers = new RecordHeaders();
        read(letter.headers()).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        headers.remove(EventHeaders.REASON).remove(EventHeaders.ORIGIN);
        headers.add(EventHeaders.ORIGIN, letter.origin().getBytes(StandardCharsets.UTF_8));
        return producer.send(
                List.of(new ProducerRecord<>(Topics.PAYMENTS, null, letter.key(), letter.body(), headers)));
    }

    private Map<String, String> read(String headers) {
        try {
            return json.readValue(headers, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote can be read", e);
        }
    }
}
