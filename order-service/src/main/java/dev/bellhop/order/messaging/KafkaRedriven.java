package dev.bellhop.order.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.EventHeaders;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.Redriven;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.Record;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;

@Singleton
final class KafkaRedriven implements Redriven {

    private static final TypeReference<Map<String, String>> HEADERS = new TypeReference<>() {};

    private final MutinyEmitter<Record<String, byte[]>> emitter;
    private final ObjectMapper json;

    KafkaRedriven(@Channel("redriven") MutinyEmitter<Record<String, byte[]>> emitter, ObjectMapper json) {
        this.emitter = emitter;
        this.json = json;
    }

    @Override
    public Uni<Void> send(DeadLetterLog.Letter letter) {
        RecordHeaders headers = new RecordHeaders();
        read(letter.headers()).forEach((name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
        headers.remove(EventHeaders.REASON).remove(EventHeaders.ORIGIN);
        headers.add(EventHeaders.ORIGIN, letter.origin().getBytes(StandardCharsets.UTF_8));
        return emitter.sendMessage(Message.of(Record.of(letter.key(), letter.body()))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withHeaders(headers)
                        .build()));
    }

    private Map<String, String> read(String headers) {
        try {
            return json.readValue(headers, HEADERS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote can be read", e);
        }
    }
}
