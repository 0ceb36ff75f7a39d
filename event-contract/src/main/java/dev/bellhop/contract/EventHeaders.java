package dev.bellhop.contract;

/**
 * Names of Kafka record headers, all UTF-8 text. The {@code ce_} ones are CloudEvents 1.0.2, Kafka protocol binding,
 * binary content mode; the {@code bellhop_} ones are ours.
 */
public final class EventHeaders {

    public static final String CE_SPEC_VERSION = "ce_specversion";
    /** The event's id at its source; stable over redeliveries. Together with {@link #CE_SOURCE} it names the event. */
    public static final String CE_ID = "ce_id";
    /** The configured name of the source, as in {@code POST /webhooks/{source}}. */
    public static final String CE_SOURCE = "ce_source";
    /** The event's type in the source's own words. */
    public static final String CE_TYPE = "ce_type";
    /** RFC 3339 UTC: when it happened according to the source, else when it was received. */
    public static final String CE_TIME = "ce_time";
    /** The business entity, as in the record's key (CloudEvents partitioning extension). */
    public static final String CE_PARTITION_KEY = "ce_partitionkey";

    public static final String CONTENT_TYPE = "content-type";
    /** W3C Trace Context. */
    public static final String TRACEPARENT = "traceparent";
    /** W3C Trace Context. */
    public static final String TRACESTATE = "tracestate";

    /** The signature scheme that proved the body. */
    public static final String SCHEME = "bellhop_scheme";
    /** Which of the source's live secrets matched: the first eight hex digits of its SHA-256, never the secret. */
    public static final String KEY_ID = "bellhop_keyid";
    /** Lower-case hex SHA-256 of the value. */
    public static final String BODY_SHA256 = "bellhop_sha256";
    /** On a rejected record: how many bytes the whole body had, of which the value is the beginning. */
    public static final String BODY_SIZE = "bellhop_size";
    /** RFC 3339 UTC with milliseconds: when the ingress had the whole body. */
    public static final String RECEIVED_AT = "bellhop_receivedat";
    /** Why a record is on a dead-letter or rejected topic: a stable code. */
    public static final String REASON = "bellhop_reason";
    /** On a dead letter: {@code topic-partition@offset} of the record that failed. */
    public static final String ORIGIN = "bellhop_origin";

    private EventHeaders() {}
}
