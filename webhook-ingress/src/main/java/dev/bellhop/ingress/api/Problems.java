package dev.bellhop.ingress.api;

import dev.bellhop.ingress.domain.Reason;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.EnumMap;
import java.util.Map;

/**
 * The only place that knows HTTP status codes of failures: RFC 9457. A sender learns what kind of refusal it is, never
 * which check failed. Our own trouble is 503, because some providers never retry after a 4xx.
 */
final class Problems {

    static final Problem NOT_FOUND = new Problem(404, "Not found", "not_found", "There is nothing at this path.");
    static final Problem INTERNAL =
            new Problem(500, "Internal error", "internal_error", "The delivery could not be handled.");
    static final Problem UNAUTHENTICATED =
            new Problem(401, "Not authenticated", "unauthenticated", "An operator's API key is needed.");
    static final Problem FORBIDDEN = new Problem(403, "Forbidden", "forbidden", "The API key is not an operator's.");
    static final Problem READ_ONLY =
            new Problem(405, "Method not allowed", "method_not_allowed", "This can be read, and nothing else.");
    private static final Problem UNAUTHENTIC =
            new Problem(401, "Not authentic", "not_authentic", "The delivery could not be verified.");
    private static final String RETRY_AFTER_SECONDS = "2";
    private static final Map<Reason, Problem> OF = new EnumMap<>(Reason.class);

    static {
        for (Reason reason : Reason.values()) {
            OF.put(reason, of(reason));
        }
    }

    private Problems() {}

    private static Problem of(Reason reason) {
        return switch (reason) {
            case REQUEST_MALFORMED ->
                new Problem(
                        400,
                        "Malformed request",
                        "malformed_request",
                        "The request has no usable Host, a target that is no URI, or a transfer coding other than chunked.");
            case TARGET_TOO_LONG ->
                new Problem(414, "Target too long", "target_too_long", "Path and query are too long.");
            case HEADERS_TOO_LARGE ->
                new Problem(431, "Headers too large", "headers_too_large", "The header fields are too large.");
            case SOURCE_UNKNOWN ->
                new Problem(404, "No such source", "source_unknown", "There is no source of that name.");
            case ADDRESS_REFUSED ->
                new Problem(403, "Not from here", "address_refused", "Deliveries from this address are not taken.");
            case METHOD_NOT_ALLOWED ->
                new Problem(405, "Method not allowed", "method_not_allowed", "Deliveries are posted.");
            case CONTENT_TYPE_UNSUPPORTED, ENCODING_UNSUPPORTED ->
                new Problem(
                        415,
                        "Unsupported media type",
                        "unsupported_media_type",
                        "The source does not take this content type or encoding.");
            case LENGTH_MISSING ->
                new Problem(
                        411,
                        "Length required",
                        "length_required",
                        "Announce the length of the body, or send it in chunks.");
            case BODY_TOO_LARGE ->
                new Problem(413, "Body too large", "body_too_large", "The body is larger than the source may send.");
            case TOO_MANY_EVENTS ->
                new Problem(413, "Too many events", "too_many_events", "One delivery may have 5,000 events at most.");
            case SENDER_TOO_SLOW ->
                new Problem(408, "Request timeout", "request_timeout", "The body did not arrive in time.");
            case SIGNATURE_MISSING, SIGNATURE_MALFORMED, SIGNATURE_WRONG, TIMESTAMP_STALE, TIMESTAMP_IN_FUTURE ->
                UNAUTHENTIC;
            case BODY_MALFORMED ->
                new Problem(400, "Malformed body", "malformed_body", "The body is not what the source sends.");
            case EVENT_ID_MISSING ->
                new Problem(400, "No event id", "event_id_missing", "The delivery does not name its event.");
            case EVENT_ATTRIBUTE_INVALID ->
                new Problem(
                        400,
                        "Invalid event attribute",
                        "event_attribute_invalid",
                        "The id, type or key of an event is longer than 1024 characters, or has control characters or half"
                                + " a surrogate pair.");
            case RATE_LIMITED ->
                new Problem(429, "Too many deliveries", "rate_limited", "The source sends faster than it may.");
            case OVERLOADED, BROKER_UNAVAILABLE, CERTIFICATE_UNAVAILABLE ->
                new Problem(503, "Try again later", "unavailable", "The delivery could not be stored now.");
        };
    }

    static boolean isUnauthentic(Reason reason) {
        return UNAUTHENTIC.equals(OF.get(reason));
    }

    static void answer(HttpServerResponse response, Reason reason, String instance) {
        answer(response, OF.getOrDefault(reason, INTERNAL), instance);
    }

    /** To a provider that takes no answer with a body. */
    static void answerBare(HttpServerResponse response, Reason reason) {
        begin(response, OF.getOrDefault(reason, INTERNAL));
        response.end();
    }

    static void answer(HttpServerResponse response, Problem problem, String instance) {
        begin(response, problem);
        response.putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json");
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", problem.title())
                .put("status", problem.status())
                .put("detail", problem.detail())
                .put("instance", instance)
                .put("code", problem.code());
        response.end(body.toBuffer());
    }

    private static void begin(HttpServerResponse response, Problem problem) {
        response.setStatusCode(problem.status());
        if (problem.status() == 503 || problem.status() == 429) {
            response.putHeader(HttpHeaders.RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (problem.status() == 405 && !response.headers().contains(HttpHeaders.ALLOW)) {
            response.putHeader(HttpHeaders.ALLOW, "POST");
        }
        if (problem.equals(UNAUTHENTICATED)) {
            response.putHeader("WWW-Authenticate", "Bearer");
        }
    }
}
