package dev.bellhop.order.messaging;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.order.app.Rejections;
import dev.bellhop.order.app.Rejections.Rejection;
import dev.bellhop.order.domain.Rfc3339;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Keeps what the ingress refused where operators can look. While the database is away, the topic keeps it. */
@Singleton
final class RejectionListener {

    private static final Logger LOG = Logger.getLogger(RejectionListener.class);

    /** The ingress caps what it keeps; who writes to the topic besides it is capped here. */
    private static final int MOST_BYTES = 65_536;

    private final Rejections rejections;
    private final PaymentRecords records;

    RejectionListener(Rejections rejections, PaymentRecords records) {
        this.rejections = rejections;
        this.records = records;
    }

    @Incoming("rejections")
    Uni<Void> heard(ConsumerRecords<String, byte[]> batch) {
        List<Rejection> heard = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            if (record.serializedValueSize() <= MOST_BYTES) {
                heard.add(rejection(record));
            }
        }
        if (heard.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return rejections
                .keep(heard)
                .onFailure()
                .invoke(failure -> LOG.warnf("rejections wait reason=%s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofSeconds(1), Duration.ofSeconds(30))
                .indefinitely();
    }

    private Rejection rejection(ConsumerRecord<String, byte[]> record) {
        byte[] body = record.value() == null ? new byte[0] : record.value();
        String size = said(record, EventHeaders.BODY_SIZE, "");
        return new Rejection(
                record.partition(),
                record.offset(),
                receivedAt(record),
                said(record, EventHeaders.CE_SOURCE, "unknown"),
                said(record, EventHeaders.REASON, "unknown"),
                said(record, EventHeaders.SCHEME, "unknown"),
                size.matches("\\d{1,18}") ? Long.parseLong(size) : body.length,
                records.headers(record),
                body);
    }

    private static String said(ConsumerRecord<String, byte[]> record, String name, String otherwise) {
        return Objects.requireNonNullElse(PaymentRecords.header(record, name), otherwise);
    }

    private static Instant receivedAt(ConsumerRecord<String, byte[]> record) {
        try {
            return Rfc3339.parse(said(record, EventHeaders.RECEIVED_AT, ""));
        } catch (DateTimeParseException e) {
            return Instant.ofEpochMilli(record.timestamp());
        }
    }
}
