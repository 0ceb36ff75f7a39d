package dev.bellhop.order.messaging;

import dev.bellhop.contract.EventHeaders;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.MutinyEmitter;
import io.smallrye.reactive.messaging.kafka.api.OutgoingKafkaRecordMetadata;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Records that can never be applied: the same key, bytes and headers, with the reason and where they came from. */
@Singleton
final class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    private final MutinyEmitter<byte[]> emitter;

    DeadLetters(
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER) MutinyEmitter<byte[]> emitter) {
        this.emitter = emitter;
    }

    /** One of them. {@code reason} is stable. */
    record Letter(ConsumerRecord<String, byte[]> record, String reason) {}

    /** Done when the broker has them all. */
    Uni<Void> send(List<Letter> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(letters.stream().map(this::send).toList())
                .andFailFast()
                .replaceWithVoid();
    }

    private Uni<Void> send(Letter letter) {
        ConsumerRecord<String, byte[]> record = letter.record();
        String origin = record.topic() + "-" + record.partition() + "@" + record.offset();
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.remove(EventHeaders.REASON).add(EventHeaders.REASON, bytes(letter.reason()));
        headers.remove(EventHeaders.ORIGIN).add(EventHeaders.ORIGIN, bytes(origin));
        LOG.warnf("record dead-lettered reason=%s origin=%s", letter.reason(), origin);
        return emitter.sendMessage(Message.of(payload(record.value()))
                .addMetadata(OutgoingKafkaRecordMetadata.<String>builder()
                        .withKey(record.key())
                        .withHeaders(headers)
                        .build()));
    }

    private static byte[] payload(byte @Nullable [] value) {
        return value == null ? new byte[0] : value;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
