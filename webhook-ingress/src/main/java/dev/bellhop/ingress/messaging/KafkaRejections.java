package dev.bellhop.ingress.messaging;

import static dev.bellhop.ingress.domain.Headers.mayProve;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.ingress.app.Rejections;
import dev.bellhop.ingress.app.WebhooksConfig;
import dev.bellhop.ingress.domain.Reason;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.TokenBucket;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * {@code webhooks.rejected}: for people who look for a reason. The first kilobytes of the body as value, the source as
 * key; headers that may prove something have their values replaced. Lost without a word if the broker is away, and
 * bounded in number, so that a forger can fill neither the topic nor us.
 */
@Singleton
final class KafkaRejections implements Rejections {

    private static final Logger LOG = Logger.getLogger(KafkaRejections.class);
    private static final int MOST_BYTES = 4096;
    private static final int MOST_HEADERS = 40;
    private static final int LONGEST_VALUE = 256;
    private static final String PREFIX = "http_";

    private final NeverBlockingProducer producer;
    private final @Nullable TokenBucket bucket;

    KafkaRejections(NeverBlockingProducer producer, WebhooksConfig config) {
        this.producer = producer;
        int rate = config.rejectedPerSecond();
        this.bucket = rate == 0 ? null : new TokenBucket(rate, System.nanoTime());
    }

    @Override
    public void report(Source source, Reason reason, SignedRequest request) {
        if (bucket != null && bucket.take(System.nanoTime())) {
            Acknowledgements acknowledgements = new Acknowledgements(
                    1, () -> {}, failure -> LOG.debugf("rejection not kept source=%s", source.name()));
            producer.sendOnce(record(source, reason, request), acknowledgements);
        }
    }

    private static ProducerRecord<byte[], byte[]> record(Source source, Reason reason, SignedRequest request) {
        byte[] body = request.body();
        byte[] value = body.length <= MOST_BYTES ? body : Arrays.copyOf(body, MOST_BYTES);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(Topics.REJECTED, bytes(source.name()), value);
        Headers headers = record.headers();
        headers.add(EventHeaders.REASON, bytes(reason.code()));
        headers.add(EventHeaders.CE_SOURCE, bytes(source.name()));
        headers.add(EventHeaders.SCHEME, bytes(source.scheme().name()));
        headers.add(EventHeaders.BODY_SHA256, bytes(CloudEventRecord.sha256(body)));
        headers.add(EventHeaders.RECEIVED_AT, bytes(Rfc3339.of(request.receivedAt())));
        headers.add(EventHeaders.BODY_SIZE, bytes(String.valueOf(body.length)));
        request.headers().names().stream().limit(MOST_HEADERS).forEach(name -> add(headers, name, request));
        return record;
    }

    private static void add(Headers headers, String name, SignedRequest request) {
        String lower = name.toLowerCase(Locale.ROOT);
        List<String> values = request.headers().all(name);
        String value = values.isEmpty() ? "" : values.get(0);
        String shown = value.length() <= LONGEST_VALUE ? value : value.substring(0, LONGEST_VALUE);
        headers.add(PREFIX + lower, bytes(mayProve(name) ? "redacted" : shown));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
