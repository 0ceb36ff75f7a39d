package dev.bellhop.ingress.messaging;

import dev.bellhop.contract.Topics;
import dev.bellhop.ingress.app.Sources;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Source;
import io.quarkus.runtime.Startup;
import io.smallrye.common.annotation.Identifier;
import io.vertx.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * A plain producer whose calls never wait, so that event loops may make them. With {@code max.block.ms=0} a send for
 * which the topic's metadata or room in the buffer is missing fails at once. A timer asks for the metadata of every
 * source's topic from the first moment, of any other from the first send to it, until it is there; a send that comes
 * before is tried again for a second. Whatever is in flight is acknowledged or has failed within the delivery timeout, so
 * no request needs a timer of its own. A broker that is away stops neither the boot nor the process. A client that is
 * refused, or that stores nothing of what it was given first, is made anew: Kafka's asks for its id at the start, and
 * never again if its user is not known yet.
 */
@Startup
@Singleton
final class NeverBlockingProducer {

    private static final Logger LOG = Logger.getLogger(NeverBlockingProducer.class);
    private static final long ASK_AGAIN_MILLIS = 100;
    /** Between attempts to make a producer at all: its name does not resolve, or its credentials are not there yet. */
    private static final long TRY_AGAIN_MILLIS = 1000;

    private static final int SEND_AGAIN = 10;

    private final Vertx vertx;
    private final Supplier<Producer<byte[], byte[]>> maker;
    private final Set<String> topics = ConcurrentHashMap.newKeySet();
    private final long withinMillis;
    private final Set<String> unknownTopics = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Producer<byte[], byte[]>> producer = new AtomicReference<>();
    private volatile boolean isKept;
    private volatile boolean complained;

    @Inject
    NeverBlockingProducer(
            Vertx vertx,
            Sources sources,
            KafkaConfig config,
            WebhooksConfig webhooks,
            @Identifier("default-kafka-broker") Map<String, Object> connection) {
        this(vertx, topics(sources, webhooks), maker(sources, config, webhooks, connection), webhooks.answerWithin());
    }

    NeverBlockingProducer(Vertx vertx, Set<String> topics, Supplier<Producer<byte[], byte[]>> maker, Duration within) {
        this.vertx = vertx;
        this.withinMillis = within.toMillis();
        this.maker = maker;
        topics.forEach(this::ask);
        askForMetadata();
    }

    private static Supplier<Producer<byte[], byte[]>> maker(
            Sources sources, KafkaConfig config, WebhooksConfig webhooks, Map<String, Object> connection) {
        Deadlines.check(config, webhooks, sources.all());
        Map<String, Object> settings = settings(config, connection);
        return () -> new KafkaProducer<>(settings);
    }

    private static Set<String> topics(Sources sources, WebhooksConfig webhooks) {
        Set<String> topics = sources.all().stream().map(Source::topic).collect(Collectors.toSet());
        if (webhooks.rejectedPerSecond() > 0) {
            // or the first rejection, which has one try only, would be lost
            topics.add(Topics.REJECTED);
        }
        return topics;
    }

    /** Where the broker is and how to prove who we are is everybody's {@code kafka.*}; how to send is decided here. */
    private static Map<String, Object> settings(KafkaConfig config, Map<String, Object> connection) {
        Map<String, Object> settings = new HashMap<>(connection);
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "webhook-ingress");
        settings.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, 0);
        settings.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, millis(config.deliveryTimeout()));
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, millis(config.requestTimeout()));
        settings.put(ProducerConfig.LINGER_MS_CONFIG, config.linger().toMillis());
        settings.put(ProducerConfig.BATCH_SIZE_CONFIG, config.batchBytes());
        settings.put(ProducerConfig.BUFFER_MEMORY_CONFIG, config.bufferBytes());
        // the largest body with its headers; what the broker takes is its own decision
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, Integer.MAX_VALUE);
        // a topic that was quiet for a while must not lose its metadata: the next send would fail
        settings.put(
                ProducerConfig.METADATA_MAX_IDLE_CONFIG, Duration.ofDays(3650).toMillis());
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, 50);
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, 1000);
        settings.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MAX_MS_CONFIG, 2000);
        return settings;
    }

    private static int millis(Duration duration) {
        return Math.toIntExact(duration.toMillis());
    }

    /**
     * Sends the records one after the other, and none after one that failed at once: those of one key keep their order.
     * The acknowledgements may come on any thread.
     */
    void send(List<ProducerRecord<byte[], byte[]>> records, Acknowledgements acknowledgements) {
        records.forEach(record -> ask(record.topic()));
        if (!isKnown(records)) {
            // it waits for the topic first, and then as long for the broker as any other
            vertx.setTimer(
                    withinMillis,
                    late -> acknowledgements.onCompletion(null, new TimeoutException("no acknowledgement in time")));
        }
        send(records, acknowledgements, SEND_AGAIN);
    }

    /** Also for one of no source: events in the spool may be of a source that was removed, or has another topic now. */
    private void ask(String topic) {
        if (!topics.contains(topic)) {
            unknownTopics.add(topic);
            topics.add(topic);
        }
    }

    private boolean isKnown(List<ProducerRecord<byte[], byte[]>> records) {
        return producer.get() != null && records.stream().noneMatch(record -> unknownTopics.contains(record.topic()));
    }

    /** The same for what is not worth a second try. */
    void sendOnce(ProducerRecord<byte[], byte[]> record, Acknowledgements acknowledgements) {
        send(List.of(record), acknowledgements, 0);
    }

    private void send(List<ProducerRecord<byte[], byte[]>> records, Acknowledgements acknowledgements, int triesLeft) {
        Producer<byte[], byte[]> current = producer.get();
        if (triesLeft > 0 && !isKnown(records)) {
            vertx.setTimer(ASK_AGAIN_MILLIS, ignored -> send(records, acknowledgements, triesLeft - 1));
        } else if (current == null) {
            acknowledgements.onCompletion(null, new TimeoutException("no broker yet"));
        } else {
            sendNow(current, records, acknowledgements);
        }
    }

    private void sendNow(
            Producer<byte[], byte[]> producer,
            List<ProducerRecord<byte[], byte[]>> records,
            Acknowledgements acknowledgements) {
        for (ProducerRecord<byte[], byte[]> record : records) {
            sendNow(producer, record, acknowledgements);
            if (acknowledgements.haveFailed()) {
                return;
            }
        }
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the callback has it all
    private void sendNow(Producer<byte[], byte[]> current, ProducerRecord<byte[], byte[]> record, Callback callback) {
        try {
            current.send(
                    record,
                    isKept
                            ? callback
                            : (stored, failure) -> {
                                judge(current, record, failure);
                                callback.onCompletion(stored, failure);
                            });
        } catch (KafkaException | IllegalStateException e) {
            callback.onCompletion(null, e);
        }
    }

    /** By what becomes of the first that it was given. */
    private void judge(
            Producer<byte[], byte[]> current, ProducerRecord<byte[], byte[]> record, @Nullable Exception failure) {
        if (failure == null) {
            isKept = true;
        } else if (failure instanceof TimeoutException && !unknownTopics.contains(record.topic())) {
            giveUp(current);
        }
    }

    /** Unless one has stored something: its id is not asked for again, and what it has in flight would be refused. */
    private void giveUp(Producer<byte[], byte[]> failed) {
        if (!isKept && producer.compareAndSet(failed, null)) {
            unknownTopics.addAll(topics);
            // blocks: waits for the client's thread
            vertx.executeBlocking(() -> {
                failed.close(Duration.ZERO);
                return null;
            });
        }
    }

    /** As long as we live: there is nothing to ask for but at the start, and after a client was given up. */
    private void askForMetadata() {
        if (unknownTopics.isEmpty()) {
            vertx.setTimer(TRY_AGAIN_MILLIS, again -> askForMetadata());
            return;
        }
        vertx.executeBlocking(() -> {
                    // blocks: opens files and resolves names
                    known();
                    return null;
                })
                .onComplete(ignored -> vertx.setTimer(
                        producer.get() == null ? TRY_AGAIN_MILLIS : ASK_AGAIN_MILLIS, again -> askForMetadata()));
    }

    private void known() {
        try {
            Producer<byte[], byte[]> current = producer.get();
            if (current == null) {
                current = maker.get();
                producer.set(current);
            }
            for (String topic : unknownTopics) {
                isKnown(current, topic);
            }
        } catch (KafkaException e) {
            if (!complained) {
                complained = true;
                LOG.warnf(e, "no broker yet, trying again every second");
            }
        }
    }

    private void isKnown(Producer<byte[], byte[]> current, String topic) {
        try {
            if (!current.partitionsFor(topic).isEmpty()) {
                unknownTopics.remove(topic);
            }
        } catch (InvalidTopicException e) {
            // never will be: every send to it fails at once, and the topics after it are asked for
            unknownTopics.remove(topic);
            LOG.errorf("not a topic's name topic=%s", topic);
        } catch (AuthenticationException e) {
            giveUp(current);
            throw e;
        } catch (TimeoutException | TopicAuthorizationException e) {
            LOG.debugf("no metadata yet topic=%s", topic);
        }
    }

    @PreDestroy
    void close() {
        Producer<byte[], byte[]> current = producer.get();
        if (current != null) {
            current.close(Duration.ofSeconds(2));
        }
    }
}
