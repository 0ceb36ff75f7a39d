package dev.bellhop.ingress.messaging;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.ingress.domain.Event;
import dev.bellhop.ingress.domain.Location;
import dev.bellhop.ingress.domain.SignedRequest;
import dev.bellhop.ingress.domain.Source;
import dev.bellhop.ingress.domain.SourceDefaults;
import dev.bellhop.ingress.domain.VerifiedEvent;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/** A verified event as a Kafka record: CloudEvents 1.0.2 in binary mode, the exact bytes as value. */
final class CloudEventRecord {

    /** Made once per thread; after each use it is as it was before. */
    private static final ThreadLocal<MessageDigest> DIGESTS = ThreadLocal.withInitial(CloudEventRecord::digest);

    private static final byte[] SPEC_VERSION = bytes("1.0");

    private CloudEventRecord() {}

    static ProducerRecord<byte[], byte[]> of(VerifiedEvent verified) {
        Source source = verified.source();
        Event event = verified.event();
        SignedRequest request = verified.request();
        String key = event.key() == null ? event.id() : event.key();
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(source.topic(), bytes(key), event.value());
        Headers headers = record.headers();
        String receivedAt = Rfc3339.of(request.receivedAt());
        headers.add(EventHeaders.CE_SPEC_VERSION, SPEC_VERSION);
        add(headers, EventHeaders.CE_ID, event.id());
        add(headers, EventHeaders.CE_SOURCE, source.name());
        add(headers, EventHeaders.CE_TYPE, event.type() == null ? source.name() : event.type());
        add(
                headers,
                EventHeaders.CE_TIME,
                event.time() == null ? receivedAt : event.time().toString());
        add(headers, EventHeaders.CE_PARTITION_KEY, key);
        if (isOutOfForm(source.locations().items())) {
            add(headers, EventHeaders.CONTENT_TYPE, SourceDefaults.JSON);
        } else {
            addFirst(headers, EventHeaders.CONTENT_TYPE, request, "content-type");
        }
        add(headers, EventHeaders.TRACEPARENT, verified.trace().traceparent());
        if (verified.trace().tracestate() != null) {
            add(headers, EventHeaders.TRACESTATE, verified.trace().tracestate());
        }
        add(headers, EventHeaders.SCHEME, source.scheme().name());
        add(headers, EventHeaders.KEY_ID, verified.keyId());
        add(headers, EventHeaders.BODY_SHA256, sha256(event.value()));
        add(headers, EventHeaders.RECEIVED_AT, receivedAt);
        source.keptHeaders().forEach(name -> addFirst(headers, name, request, name));
        return record;
    }

    /** Then a value is an element of the array that a field of the form has, and no form itself. */
    private static boolean isOutOfForm(@Nullable Location items) {
        return items != null && items.place() == Location.Place.FORM;
    }

    private static void addFirst(Headers headers, String name, SignedRequest request, String from) {
        List<String> values = request.headers().all(from);
        if (!values.isEmpty()) {
            add(headers, name, values.get(0));
        }
    }

    private static void add(Headers headers, String name, @Nullable String value) {
        headers.add(name, bytes(String.valueOf(value)));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String sha256(byte[] value) {
        return HexFormat.of().formatHex(DIGESTS.get().digest(value));
    }

    private static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
