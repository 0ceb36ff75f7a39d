package dev.bellhop.order.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.Topics;
import dev.bellhop.order.SettableClock;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;

class BatchProducerTest {

    private static final SettableClock CLOCK = new SettableClock();

    @Test
    void a_record_is_dated_by_our_clock_as_the_broker_takes_none_of_a_host_an_hour_ahead() {
        MockProducer<String, byte[]> client = client();

        send(producing(List.of(client)));

        assertThat(client.history()).extracting(ProducerRecord::timestamp).containsExactly(CLOCK.millis());
    }

    @Test
    void a_broker_that_was_never_there_costs_one_wait_and_not_one_for_each_record() throws IOException {
        BatchProducer producer = new BatchProducer(Map.of("bootstrap.servers", "127.0.0.1:" + closedPort()), CLOCK);
        List<ProducerRecord<String, byte[]>> many =
                Collections.nCopies(1_000, new ProducerRecord<>(Topics.ORDERS, "an order", new byte[1]));
        long start = System.nanoTime();

        assertThatThrownBy(() -> producer.send(many).await().atMost(Duration.ofMinutes(1)))
                .isInstanceOf(TimeoutException.class);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
        producer.close();
    }

    @Test
    void a_producer_that_fails_before_it_has_delivered_anything_is_made_anew() {
        MockProducer<String, byte[]> refused = client();
        refused.sendException = new SaslAuthenticationException("who is that?");
        MockProducer<String, byte[]> welcome = client();
        BatchProducer producer = producing(List.of(refused, welcome));

        assertThatThrownBy(() -> send(producer)).isInstanceOf(SaslAuthenticationException.class);
        send(producer);

        assertThat(refused.closed()).isTrue();
        assertThat(welcome.history()).hasSize(1);
    }

    @Test
    void a_producer_that_has_delivered_is_kept_when_the_broker_goes() {
        MockProducer<String, byte[]> welcome = client();
        BatchProducer producer = producing(List.of(welcome, client()));
        send(producer);

        welcome.sendException = new TimeoutException("the broker went");
        assertThatThrownBy(() -> send(producer)).isInstanceOf(TimeoutException.class);
        welcome.sendException = null;
        send(producer);

        assertThat(welcome.history()).hasSize(2);
    }

    /** As Kafka's, which tells who waits by a thread of its own before it has closed. */
    private static final class Closing extends MockProducer<String, byte[]> {

        private boolean told;

        Closing() {
            super(false, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public void close(Duration limit) {
            Thread telling = new Thread(this::completeNext);
            telling.start();
            try {
                telling.join(limit.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            told = !telling.isAlive();
            super.close(limit);
        }
    }

    @Test
    void an_answer_that_comes_while_the_producer_is_closed_is_waited_for_no_longer_than_it_takes() {
        // Given
        Closing client = new Closing();
        BatchProducer producer = producing(List.of(client));
        var answer = producer.send(List.of(new ProducerRecord<>(Topics.ORDERS, "an order", new byte[1])))
                .subscribeAsCompletionStage();
        await().untilAsserted(() -> assertThat(client.history()).hasSize(1));

        // When
        producer.close();

        // Then
        assertThat(client.told).isTrue();
        assertThat(answer).succeedsWithin(Duration.ofSeconds(10));
    }

    private static BatchProducer producing(List<MockProducer<String, byte[]>> clients) {
        return new BatchProducer(clients.iterator()::next, CLOCK);
    }

    private static MockProducer<String, byte[]> client() {
        return new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());
    }

    private static void send(BatchProducer producer) {
        producer.send(List.of(new ProducerRecord<>(Topics.ORDERS, "an order", new byte[1])))
                .await()
                .atMost(Duration.ofSeconds(10));
    }

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
