package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.MockProducer;
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
        for (ApiException now : List.of(
                new NotEnoughReplicasException("one of three"),
                new SaslAuthenticationException("who is that?"),
                new TimeoutException("not present in metadata after 2000 ms"))) {
            assertThatThrownBy(() -> send(now)).isSameAs(now);
        }
    }

    private void send(ApiException answer) {
        MockProducer<String, byte[]> topic =
                new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
        topic.sendException = answer;
        new DeadLetters(
                        new BatchProducer(() -> topic, Clock.systemUTC()),
                        log,
                        new PaymentRecords(new ObjectMapper(), Clock.systemUTC()),
                        new OrderMetrics(new SimpleMeterRegistry()),
                        Clock.systemUTC())
                .send(List.of(new DeadLetters.Letter(
                        new ConsumerRecord<>(Topics.PAYMENTS, 0, 7, "an order", new byte[] {'{'}), "malformed_json")))
                .await()
                .atMost(Duration.ofSeconds(10));
    }
}
