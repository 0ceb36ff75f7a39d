package dev.bellhop.ingress.messaging;

import dev.bellhop.contract.Topics;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Source;
import java.time.Duration;
import java.util.Collection;

/**
 * Settings that contradict each other, or our own topics, stop the boot: the client would be made never, or answer later
 * than the provider waits, and both would look like a broker that is away.
 */
final class Deadlines {

    private Deadlines() {}

    static void check(KafkaConfig kafka, WebhooksConfig webhooks, Collection<Source> sources) {
        checkNumbers(kafka);
        Duration oneTry = kafka.requestTimeout().plus(kafka.linger());
        if (oneTry.compareTo(kafka.deliveryTimeout()) > 0) {
            throw new IllegalStateException("webhooks.kafka.request-timeout and webhooks.kafka.linger together ("
                    + oneTry + ") must not be longer than webhooks.kafka.delivery-timeout (" + kafka.deliveryTimeout()
                    + ")");
        }
        if (kafka.deliveryTimeout().compareTo(webhooks.answerWithin()) >= 0) {
            throw new IllegalStateException("webhooks.kafka.delivery-timeout (" + kafka.deliveryTimeout()
                    + ") must be shorter than webhooks.answer-within (" + webhooks.answerWithin()
                    + "): else a provider hears too late that Kafka is away");
        }
        if (webhooks.bodyTimeout().isNegative() || webhooks.bodyTimeout().isZero()) {
            throw new IllegalStateException("webhooks.body-timeout (" + webhooks.bodyTimeout()
                    + ") must be longer than nothing: no body could arrive");
        }
        for (Source source : sources) {
            check(source.topic(), source.name());
            if (source.limits().maxBody().bytes() > kafka.bufferBytes()) {
                throw new IllegalStateException("webhooks.sources." + source.name() + ".max-body ("
                        + source.limits().maxBody().bytes() + ") must not be more than webhooks.kafka.buffer-bytes ("
                        + kafka.bufferBytes() + "): no such body could be sent");
            }
        }
    }

    private static void checkNumbers(KafkaConfig kafka) {
        if (kafka.requestTimeout().toMillis() < 1) {
            throw new IllegalStateException(
                    "webhooks.kafka.request-timeout (" + kafka.requestTimeout() + ") must be at least 1 ms");
        }
        if (kafka.linger().isNegative()) {
            throw new IllegalStateException("webhooks.kafka.linger (" + kafka.linger()
                    + ") must not be less than 0, which waits for no company");
        }
        if (kafka.batchBytes() < 0) {
            throw new IllegalStateException("webhooks.kafka.batch-bytes=" + kafka.batchBytes()
                    + " must not be less than 0, which sends each alone");
        }
        if (kafka.bufferBytes() < Math.max(1, kafka.batchBytes())) {
            throw new IllegalStateException("webhooks.kafka.buffer-bytes=" + kafka.bufferBytes()
                    + " must not be less than webhooks.kafka.batch-bytes=" + kafka.batchBytes()
                    + ": there would be room for no batch");
        }
    }

    static void check(String topic, String source) {
        if (Topics.ALL.contains(topic) && !Topics.PAYMENTS.equals(topic)) {
            throw new IllegalStateException("webhooks.sources." + source + ".topic=" + topic
                    + " has records of another kind, and readers who expect them: choose another");
        }
    }
}
