package dev.bellhop.ingress.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NeverBlockingProducerTest {

    private static final Duration SOON = Duration.ofSeconds(20);

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void end() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void a_client_whose_user_is_not_known_yet_is_made_anew() throws Exception {
        MockProducer<byte[], byte[]> refused = client(true);
        refused.partitionsForException = new SaslAuthenticationException("who is that?");
        MockProducer<byte[], byte[]> welcome = client(true);
        NeverBlockingProducer producer = producing(List.of(refused, welcome));
        await().atMost(SOON).until(refused::closed);

        await().atMost(SOON).ignoreExceptions().until(() -> isStored(send(producer)));

        assertThat(welcome.history()).isNotEmpty();
    }

    @Test
    void a_client_that_never_stores_what_it_was_given_first_is_made_anew() throws Exception {
        MockProducer<byte[], byte[]> silent = client(false);
        MockProducer<byte[], byte[]> welcome = client(true);
        NeverBlockingProducer producer = producing(List.of(silent, welcome));
        CompletableFuture<Void> first = send(producer);

        await().atMost(SOON).until(() -> silent.errorNext(new TimeoutException("expired")));

        assertThatThrownBy(() -> isStored(first)).hasCauseInstanceOf(TimeoutException.class);
        await().atMost(SOON).until(silent::closed);
        await().atMost(SOON).ignoreExceptions().until(() -> isStored(send(producer)));
        assertThat(welcome.history()).isNotEmpty();
    }

    @Test
    void a_client_that_has_stored_something_is_kept_when_the_broker_goes() throws Exception {
        MockProducer<byte[], byte[]> only = client(false);
        NeverBlockingProducer producer = producing(List.of(only));
        CompletableFuture<Void> first = send(producer);
        await().atMost(SOON).until(only::completeNext);
        assertThat(isStored(first)).isTrue();

        CompletableFuture<Void> second = send(producer);
        await().atMost(SOON).until(() -> only.errorNext(new TimeoutException("expired")));
        assertThatThrownBy(() -> isStored(second)).hasCauseInstanceOf(TimeoutException.class);

        CompletableFuture<Void> third = send(producer);
        await().atMost(SOON).until(only::completeNext);
        assertThat(isStored(third)).isTrue();
    }

    /** What it has in flight would be refused, and the new one is on probation no more. */
    @Test
    void a_client_that_has_stored_something_is_kept_though_its_user_is_refused_while_a_topic_is_missing()
            throws Exception {
        // Given
        AtomicInteger asked = new AtomicInteger();
        MockProducer<byte[], byte[]> only =
                new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    @Override
                    public List<PartitionInfo> partitionsFor(String topic) {
                        asked.incrementAndGet();
                        return super.partitionsFor(topic);
                    }
                };
        NeverBlockingProducer producer = new NeverBlockingProducer(
                vertx, Set.of("topic", "missing"), List.of(only).iterator()::next, SOON);
        assertThat(isStored(send(producer))).isTrue();

        // When
        only.partitionsForException = new SaslAuthenticationException("not now");
        int before = asked.get();
        await().atMost(SOON).until(() -> asked.get() > before + 2);

        // Then
        assertThat(isStored(send(producer))).isTrue();
        assertThat(only.closed()).isFalse();
    }

    @Test
    void what_waited_for_a_topic_does_not_wait_as_long_again_for_its_acknowledgement() throws Exception {
        // Given a topic that is known late
        MockProducer<byte[], byte[]> silent =
                new MockProducer<>(cluster(), false, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    private int asked;

                    @Override
                    public List<PartitionInfo> partitionsFor(String topic) {
                        if (asked++ < 3) {
                            throw new TimeoutException("not yet");
                        }
                        return super.partitionsFor(topic);
                    }
                };
        NeverBlockingProducer producer = new NeverBlockingProducer(
                vertx, Set.of("topic"), List.of(silent).iterator()::next, Duration.ofSeconds(1));

        // When
        CompletableFuture<Void> sent = send(producer);

        // Then
        assertThatThrownBy(() -> isStored(sent)).hasCauseInstanceOf(TimeoutException.class);
    }

    /** As events in the spool of a source that was removed, or has another topic now. */
    @Test
    void a_topic_of_no_source_is_asked_for_and_costs_no_client() throws Exception {
        // Given a client that, like Kafka's, knows only what it was asked for before
        MockProducer<byte[], byte[]> only =
                new MockProducer<>(cluster(), true, null, new ByteArraySerializer(), new ByteArraySerializer()) {
                    private final Set<String> asked = ConcurrentHashMap.newKeySet();

                    @Override
                    public List<PartitionInfo> partitionsFor(String topic) {
                        if (asked.add(topic)) {
                            throw new TimeoutException("not yet");
                        }
                        return super.partitionsFor(topic);
                    }

                    @Override
                    public synchronized Future<RecordMetadata> send(
                            ProducerRecord<byte[], byte[]> record, Callback callback) {
                        if (asked.add(record.topic())) {
                            TimeoutException unknown = new TimeoutException("not present in metadata");
                            callback.onCompletion(null, unknown);
                            return CompletableFuture.failedFuture(unknown);
                        }
                        return super.send(record, callback);
                    }
                };
        NeverBlockingProducer producer = new NeverBlockingProducer(
                vertx, Set.of("of a source"), List.of(only).iterator()::next, SOON);

        // When
        await().atMost(SOON).ignoreExceptions().until(() -> isStored(send(producer)));

        // Then
        assertThat(only.closed()).isFalse();
    }

    private NeverBlockingProducer producing(List<MockProducer<byte[], byte[]>> clients) {
        return new NeverBlockingProducer(vertx, Set.of("topic"), clients.iterator()::next, SOON);
    }

    private static MockProducer<byte[], byte[]> client(boolean acknowledges) {
        return new MockProducer<>(cluster(), acknowledges, null, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static Cluster cluster() {
        Node node = new Node(1, "broker", 9092);
        Node[] nodes = {node};
        return new Cluster(
                "cluster",
                List.of(node),
                List.of(new PartitionInfo("topic", 0, node, nodes, nodes)),
                Set.of(),
                Set.of());
    }

    private static CompletableFuture<Void> send(NeverBlockingProducer producer) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer.send(
                List.of(new ProducerRecord<>("topic", new byte[1])),
                new Acknowledgements(1, () -> sent.complete(null), sent::completeExceptionally));
        return sent;
    }

    private static boolean isStored(CompletableFuture<Void> sent) throws Exception {
        sent.get(20, TimeUnit.SECONDS);
        return true;
    }
}
