package dev.bellhop.order.messaging;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jboss.logging.Logger;

/**
 * Records that can never be applied: the same bytes and headers, and the key as text, with the reason and where they came
 * from.
 */
@Singleton
final class DeadLetters {

    private static final Logger LOG = Logger.getLogger(DeadLetters.class);

    /** Each takes a thread for as long as the broker makes it wait. */
    private static final int AT_A_TIME = 4;

    /** Brokers are back from an election or a restart by then; the events behind letters wait for no more than that. */
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** So long a topic that took nothing is not tried again. */
    private static final Duration REST = Duration.ofMinutes(10);

    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final BatchProducer producer;
    private final DeadLetterLog log;
    private final PaymentRecords records;
    private final OrderMetrics metrics;
    private final Clock clock;
    private final Duration patience;
    private volatile Instant restsUntil = Instant.MIN;

    @Inject
    DeadLetters(BatchProducer producer, DeadLetterLog log, PaymentRecords records, OrderMetrics metrics, Clock clock) {
        this(producer, log, records, metrics, clock, PATIENCE);
    }

    DeadLetters(
            BatchProducer producer,
            DeadLetterLog log,
            PaymentRecords records,
            OrderMetrics metrics,
            Clock clock,
            Duration patience) {
        this.producer = producer;
        this.log = log;
        this.records = records;
        this.metrics = metrics;
        this.clock = clock;
        this.patience = patience;
    }

    /** One of them. {@code reason} is stable. */
    record Letter(ConsumerRecord<String, byte[]> record, String reason) {}

    /**
     * Done when the log has them all, and the broker too, but for those that it refuses whenever it is asked, or cannot take
     * for minutes.
     */
    Uni<Void> send(List<Letter> letters) {
        if (letters.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        // The log first: it knows a letter that comes again, the topic would have it twice.
        return log.add(letters.stream().map(this::kept).toList())
                .chain(() -> {
                    Instant now = clock.instant();
                    Instant end = now.isBefore(restsUntil) ? now : now.plus(patience);
                    return Multi.createFrom()
                            .iterable(letters)
                            .onItem()
                            .transformToUni(letter -> send(letter, end))
                            .merge(AT_A_TIME)
                            .collect()
                            .last();
                })
                .invoke(() -> metrics.events(OrderMetrics.Outcome.DEAD_LETTERED, letters.size()))
                .replaceWithVoid();
    }

    private DeadLetterLog.Letter kept(Letter letter) {
        ConsumerRecord<String, byte[]> record = letter.record();
        String key = record.key();
        byte[] body = record.value();
        return new DeadLetterLog.Letter(
                origin(record),
                letter.reason(),
                key == null ? null : key.replace("\0", ""),
                records.headers(record),
                body,
                body == null ? 0 : body.length,
                clock.instant(),
                null,
                null,
                null);
    }

    private static String origin(ConsumerRecord<String, byte[]> record) {
        return record.topic() + "-" + record.partition() + "@" + record.offset();
    }

    private Uni<Void> send(Letter letter, Instant end) {
        ConsumerRecord<String, byte[]> record = letter.record();
        String origin = origin(record);
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.remove(EventHeaders.REASON).add(EventHeaders.REASON, bytes(letter.reason()));
        headers.remove(EventHeaders.ORIGIN).add(EventHeaders.ORIGIN, bytes(origin));
        LOG.warnf("record dead-lettered reason=%s origin=%s", letter.reason(), origin);
        ProducerRecord<String, byte[]> sent =
                new ProducerRecord<>(Topics.PAYMENTS_DEAD_LETTERS, null, record.key(), record.value(), headers);
        return Uni.createFrom()
                .deferred(() -> isBefore(end)
                        ? persistently(sent, end)
                        : Uni.createFrom().failure(new TimeoutException("it takes nothing")))
                .onFailure()
                .invoke(failure -> LOG.errorf(
                        "dead letter not in its topic: the log alone has it reason=%s origin=%s",
                        failure.getMessage(), origin))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> persistently(ProducerRecord<String, byte[]> record, Instant end) {
        return producer.send(List.of(record))
                .onFailure(failure -> !isRefused(failure) && isBefore(end))
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .onFailure(failure -> !isRefused(failure))
                .invoke(() -> restsUntil = clock.instant().plus(REST));
    }

    private boolean isBefore(Instant end) {
        return clock.instant().isBefore(end);
    }

    /** It is too large, or we may not write there, or the topic is missing: waiting would not help. */
    private static boolean isRefused(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof TopicAuthorizationException
                || failure.getCause() instanceof UnknownTopicOrPartitionException;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
