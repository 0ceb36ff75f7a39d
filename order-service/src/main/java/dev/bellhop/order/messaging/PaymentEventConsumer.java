package dev.bellhop.order.messaging;

import dev.bellhop.order.app.ApplyPaymentFacts;
import dev.bellhop.order.domain.ReceivedEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.pgclient.PgException;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes batches of payment events and applies each in one transaction. Offsets are committed after the batch; what a
 * crash repeats, the inbox recognises. What can never be applied goes to the dead letters and delays nobody. While the
 * database is away the batch waits, and so does the topic: nothing is lost or dead-lettered for it.
 */
@Singleton
final class PaymentEventConsumer {

    private static final Logger LOG = Logger.getLogger(PaymentEventConsumer.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

    private final PaymentRecords records;
    private final ApplyPaymentFacts applyPaymentFacts;
    private final DeadLetters deadLetters;

    PaymentEventConsumer(PaymentRecords records, ApplyPaymentFacts applyPaymentFacts, DeadLetters deadLetters) {
        this.records = records;
        this.applyPaymentFacts = applyPaymentFacts;
        this.deadLetters = deadLetters;
    }

    @Incoming("payments")
    Uni<Void> consume(ConsumerRecords<String, byte[]> batch) {
        List<Understood> readable = new ArrayList<>();
        List<DeadLetters.Letter> poison = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : batch) {
            try {
                readable.add(new Understood(record, records.read(record)));
            } catch (PaymentRecords.Poison e) {
                poison.add(new DeadLetters.Letter(record, String.valueOf(e.getMessage())));
            }
        }
        return persistently(apply(readable)).chain(() -> persistently(deadLetters.send(poison)));
    }

    private record Understood(ConsumerRecord<String, byte[]> record, ReceivedEvent event) {}

    private Uni<Void> apply(List<Understood> batch) {
        if (batch.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return applyPaymentFacts
                .run(batch.stream().map(Understood::event).toList())
                .invoke(applied -> LOG.debugf(
                        "events applied count=%d repeated=%d",
                        applied.outcomes().size(), applied.repeated()))
                .replaceWithVoid()
                .onFailure(failure -> isAboutData(failure) || isTooMuch(failure, batch))
                .recoverWithUni(failure -> divide(batch, failure));
    }

    /** Halves the batch: until the record whose data cannot be stored stands alone, or the database is fast enough. */
    private Uni<Void> divide(List<Understood> batch, Throwable failure) {
        if (batch.size() == 1) {
            LOG.errorf(
                    failure,
                    "event cannot be applied eventId=%s",
                    batch.get(0).event().eventId());
            return deadLetters.send(List.of(new DeadLetters.Letter(batch.get(0).record(), "not_storable")));
        }
        int middle = batch.size() / 2;
        return persistently(apply(batch.subList(0, middle)))
                .chain(() -> persistently(apply(batch.subList(middle, batch.size()))));
    }

    /** Class 22 is data, class 23 is constraints: repeating would not help. */
    private static boolean isAboutData(Throwable failure) {
        String state = sqlState(failure);
        return state.startsWith("22") || state.startsWith("23");
    }

    /** PostgreSQL ended a statement that took too long: repeated as it is, it might do so for ever. */
    private static boolean isTooMuch(Throwable failure, List<Understood> batch) {
        return batch.size() > 1 && sqlState(failure).equals("57014");
    }

    private static String sqlState(Throwable failure) {
        return failure instanceof PgException sql ? Objects.requireNonNullElse(sql.getSqlState(), "") : "";
    }

    private static Uni<Void> persistently(Uni<Void> work) {
        return work.onFailure()
                .invoke(failure -> LOG.warnf("events wait reason=%s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }
}
