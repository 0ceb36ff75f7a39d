package dev.bellhop.ingress.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.ingress.app.BrokerUnavailable;
import dev.bellhop.ingress.app.EventTooLarge;
import dev.bellhop.ingress.app.Spool;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class SpoolRelayTest {

    private final InMemorySpool spool = new InMemorySpool();
    private final List<List<String>> published = new ArrayList<>();
    private final AtomicInteger counted = new AtomicInteger();
    private boolean away = true;
    private final SpoolRelay relay = new SpoolRelay("github", spool, this::publish, counted::incrementAndGet);

    @Test
    void what_waits_is_published_and_released() {
        spool.append(records("one", "two")).await().indefinitely();

        relay.relay();

        assertThat(published).containsExactly(List.of("one", "two"));
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void what_the_broker_never_takes_is_set_aside_and_counted_and_holds_up_nothing() {
        // Given
        spool.append(records("one", "LARGE", "two", "three")).await().indefinitely();

        // When
        relay.relay();

        // Then
        assertThat(published.subList(1, published.size()))
                .containsExactly(List.of("one"), List.of("LARGE"), List.of("two"), List.of("three"));
        assertThat(spool.aside).hasSize(1);
        assertThat(counted).hasValue(1);
        assertThat(spool.isEmpty()).isTrue();
    }

    @Test
    void where_the_broker_went_the_next_try_goes_on() {
        // Given
        spool.append(records("one", "LARGE", "two", "AWAY", "three")).await().indefinitely();
        relay.relay();
        published.clear();

        // When
        relay.relay();
        away = false;
        relay.relay();

        // Then
        assertThat(published).containsExactly(List.of("AWAY"), List.of("AWAY"), List.of("three"));
        assertThat(counted).hasValue(1);
    }

    @Test
    void what_comes_after_a_batch_that_went_one_by_one_goes_together_again() {
        // Given
        spool.append(records("LARGE", "one")).await().indefinitely();
        relay.relay();
        published.clear();
        spool.append(records("two", "three")).await().indefinitely();

        // When
        relay.relay();

        // Then
        assertThat(published).containsExactly(List.of("two", "three"));
    }

    @Test
    void what_was_written_by_another_version_stays() {
        // Given
        List<byte[]> waiting = records("one");
        waiting.get(0)[0] = 2;
        spool.append(waiting).await().indefinitely();

        // When
        relay.relay();
        relay.relay();

        // Then
        assertThat(published).isEmpty();
        assertThat(spool.isEmpty()).isFalse();
    }

    private static List<byte[]> records(String... values) {
        return Stream.of(values)
                .map(value -> SpooledRecord.write(
                        new ProducerRecord<>("topic", new byte[0], value.getBytes(StandardCharsets.UTF_8))))
                .toList();
    }

    private Uni<Void> publish(List<ProducerRecord<byte[], byte[]>> records) {
        List<String> values = records.stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
        published.add(values);
        if (away && values.equals(List.of("AWAY"))) {
            return Uni.createFrom().failure(new BrokerUnavailable(new IOException()));
        }
        return values.contains("LARGE")
                ? Uni.createFrom().failure(new EventTooLarge(new IOException()))
                : Uni.createFrom().voidItem();
    }

    private static final class InMemorySpool implements Spool {

        private final List<byte[]> waiting = new ArrayList<>();
        private final List<byte[]> aside = new ArrayList<>();

        @Override
        public boolean isEmpty() {
            return waiting.isEmpty();
        }

        @Override
        public Uni<Void> append(List<byte[]> records) {
            waiting.addAll(records);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Batch> first() {
            return Uni.createFrom()
                    .item(() -> new Batch(
                            waiting.stream()
                                    .map(record -> new Spooled(record, 0, 0))
                                    .toList(),
                            waiting.size()));
        }

        @Override
        public Uni<Void> release(Batch batch) {
            waiting.subList(0, (int) batch.end()).clear();
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> setAside(Spooled record) {
            aside.add(record.record());
            return Uni.createFrom().voidItem();
        }

        @Override
        public long bytes() {
            return waiting.size();
        }

        @Override
        public long damagedBytes() {
            return 0;
        }

        @Override
        public Duration age() {
            return Duration.ZERO;
        }
    }
}
