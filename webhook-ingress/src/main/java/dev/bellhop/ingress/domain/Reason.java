package dev.bellhop.ingress.domain;

import java.util.Locale;

/** Why a delivery was not accepted. The sender sees only the class of it; the log, the metrics and the operator see this. */
public enum Reason {
    /** No request that HTTP knows: it has no usable Host, a target that is no URI, or a body that is coded otherwise than in chunks. */
    REQUEST_MALFORMED,
    /** Path and query are longer than they may be. */
    TARGET_TOO_LONG,
    /** The header fields are larger than they may be. */
    HEADERS_TOO_LARGE,
    /** No source of that name. */
    SOURCE_UNKNOWN,
    /** The sender's address is not among those of the source. */
    ADDRESS_REFUSED,
    /** The source takes POST only. */
    METHOD_NOT_ALLOWED,
    /** The source does not take this content type. */
    CONTENT_TYPE_UNSUPPORTED,
    /** The body is compressed, and the source does not take that. */
    ENCODING_UNSUPPORTED,
    /** Neither a length nor chunks. */
    LENGTH_MISSING,
    /** More bytes than the source allows: declared, or counted as they came. */
    BODY_TOO_LARGE,
    /** The body did not come in time. */
    SENDER_TOO_SLOW,
    /** A header that proves the sender is absent. */
    SIGNATURE_MISSING,
    /** A header that proves the sender cannot be read, or is there twice. */
    SIGNATURE_MALFORMED,
    /** No live secret of the source made this signature. */
    SIGNATURE_WRONG,
    /** Proven, but signed longer ago than the source tolerates, or than its sender wants it to count. */
    TIMESTAMP_STALE,
    /** Proven, but signed later than now, by more than the source tolerates. */
    TIMESTAMP_IN_FUTURE,
    /** Authentic, but not readable as what the source sends. */
    BODY_MALFORMED,
    /** Authentic, but without the id that names the event. */
    EVENT_ID_MISSING,
    /** Authentic, but an event's id, type or key is too long, or has characters that CloudEvents does not allow. */
    EVENT_ATTRIBUTE_INVALID,
    /** Authentic, but with more events than one delivery may have. */
    TOO_MANY_EVENTS,
    /** Authentic, but faster than the source may be. */
    RATE_LIMITED,
    /** There is no room for another delivery now. */
    OVERLOADED,
    /** The broker did not acknowledge in time; the event may still be written. */
    BROKER_UNAVAILABLE,
    /** The certificate that would prove the sender could not be fetched: the delivery may be genuine. */
    CERTIFICATE_UNAVAILABLE;

    /** In lower case, for metrics, logs and record headers. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}
