package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeadLettersTest {

    private static final class InMemoryLetters implements DeadLetterLog {

        private final List<Letter> kept = new ArrayList<>();

        @Override
        public Uni<Void> add(List<Letter> letters) {
            kept.addAll(letters);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Found> find(@Nullable Place after, int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<List<Letter>> open(int limit) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Optional<Letter>> get(String origin) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Uni<Void> redriven(String origin, String actor, @Nullable String note, Instant at) {
            throw new UnsupportedOperationException();
        }
    }

    private static final List<ApiException> PASSING = List.of(
            new NotEnoughReplicasException("one of three"),
            new SaslAuthenticationException("who is that?"),
            new TimeoutException("not present in metadata after 2000 ms"));

    private static final Duration SOON = Duration.ofSeconds(10);

    private static final DeadLetters.Letter LETTER = new DeadLetters.Letter(
            new ConsumerRecord<>(Topics.PAYMENTS, 0, 7, "an order", new byte[] {'{'}), "malformed_json");

    private final InMemoryLetters log = new InMemoryLetters();

    @Test
    void a_letter_that_may_not_be_written_to_its_topic_is_in_the_log_and_delays_nobody() {
        send(new TopicAuthorizationException(Topics.PAYMENTS_DEAD_LETTERS));

        assertThat(log.kept).hasSize(1);
    }

    @Test
    void a_letter_whose_topic_is_missing_is_in_the_log_and_delays_nobody() {
        send(new TimeoutException("not present in metadata after 2000 ms", new UnknownTopicOrPartitionException()));

        assertThat(log.kept).hasSize(1);
    }

    @Test
    void a_broker_that_cannot_take_a_letter_now_is_waited_for() {
        MockProducer<String, byte[]> topic = client(null);
        Iterator<MockProducer<String, byte[]>> clients = Stream.concat(
                        PASSING.stream().map(DeadLettersTest::client), Stream.of(topic))
                .iterator();

        send(clients::next, Duration.ofMinutes(1));

        assertThat(topic.history()).hasSize(1);
        assertThat(log.kept).hasSize(1);
    }

    @Test
    void a_broker_that_cannot_take_a_letter_for_long_delays_nobody_any_longer() {
        for (ApiException now : PASSING) {
            send(() -> client(now), Duration.ofMillis(200));
        }

        assertThat(log.kept).hasSize(PASSING.size());
    }

    @Test
    void many_letters_wait_no_longer_than_one() {
        List<DeadLetters.Letter> many = Collections.nCopies(5_000, LETTER);

        send(() -> client(PASSING.get(0)), Duration.ofMillis(200), many);

        assertThat(log.kept).hasSize(5_000);
    }

    @Test
    void the_events_behind_do_not_wait_for_a_topic_that_took_nothing_just_now() {
        AtomicInteger tries = new AtomicInteger();
        DeadLetters letters = letters(
                () -> {
                    tries.incrementAndGet();
                    return client(PASSING.get(0));
                },
                Duration.ofMillis(200));
        letters.send(List.of(LETTER)).await().atMost(SOON);
        int before = tries.get();

        letters.send(List.of(LETTER)).await().atMost(SOON);

        assertThat(log.kept).hasSize(2);
        assertThat(tries).hasValue(before);
    }

    private static MockProducer<String, byte[]> client(@Nullable ApiException answer) {
        MockProducer<String, byte[]> client =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        client.sendException = answer;
        return client;
    }

    private void send(ApiException answer) {
        send(() -> client(answer), Duration.ofMinutes(1));
    }

    private void send(Supplier<Producer<String, byte[]>> topic, Duration patience) {
        send(topic, patience, List.of(LETTER));
    }

    private void send(Supplier<Producer<String, byte[]>> topic, Duration patience, List<DeadLetters.Letter> letters) {
        letters(topic, patience).send(letters).await().atMost(SOON);
    }

    private DeadLetters letters(Supplier<Producer<String, byte[]>> topic, Duration patience) {
        return new DeadLetters(
                new BatchProducer(topic, Clock.systemUTC()),
                log,
                new PaymentRecords(new ObjectMapper(), Clock.systemUTC()),
                new OrderMetrics(new SimpleMeterRegistry()),
                Clock.systemUTC(),
                patience);
    }
}
