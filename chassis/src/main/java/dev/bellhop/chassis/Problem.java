package dev.bellhop.chassis;

import com.fasterxml.jackson.annotation.JsonInclude;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457, with the words for what HTTP itself refuses.
 *
 * @param code stable; clients may act on it
 * @param errors the fields that are wrong, if it is about fields
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable List<FieldError> errors) {

    /** Of its JSON. */
    public static final String MEDIA_TYPE = "application/problem+json";

    /** Those that the framework has no name for. */
    private static final Map<Integer, String> TITLES = Map.of(422, "Unprocessable Content");

    /** A field that is wrong, and why. */
    public record FieldError(String field, String message) {}

    /** The name of the status. */
    public static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? TITLES.getOrDefault(status, "Error") : known.getReasonPhrase();
    }

    /** The code of what is refused without a reason of its own. */
    public static String code(int status) {
        return switch (status) {
            case 400 -> "bad_request";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 406 -> "not_acceptable";
            case 408 -> "body_too_slow";
            case 411 -> "length_required";
            case 412 -> "precondition_failed";
            case 413 -> "body_too_large";
            case 414 -> "target_too_long";
            case 415 -> "unsupported_media_type";
            case 417 -> "expectation_failed";
            case 429 -> "rate_limited";
            case 431 -> "headers_too_large";
            case 503 -> "unavailable";
            default -> status < 500 ? "bad_request" : "internal_error";
        };
    }

    /** And what is said about it. */
    public static String detail(int status) {
        return switch (status) {
            case 404 -> "there is nothing at this path";
            case 405 -> "this path does not know the method";
            case 406 -> "none of the accepted media types is available";
            case 408 -> "the body did not arrive in time";
            case 412 -> "it was changed since it was read";
            case 413 -> "the body is too large";
            case 414 -> "the target is too long";
            case 415 -> "the body must be application/json";
            case 417 -> "nothing but 100-continue can be expected";
            case 431 -> "the headers are too large";
            default -> status < 500 ? "the request cannot be understood" : "something went wrong on our side";
        };
    }

    /** The answer that carries it. */
    public static Response problem(int status, String code, String detail, UriInfo uri) {
        return problem(status, code, detail, uri, null);
    }

    /** Of fields that are wrong. */
    public static Response problem(
            int status, String code, String detail, UriInfo uri, @Nullable List<FieldError> errors) {
        return Response.status(status)
                .type(MEDIA_TYPE)
                .entity(new Problem("about:blank", title(status), status, detail, uri.getPath(), code, errors))
                .build();
    }
}
