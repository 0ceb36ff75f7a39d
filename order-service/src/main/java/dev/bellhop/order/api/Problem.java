package dev.bellhop.order.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * RFC 9457.
 *
 * @param code stable; clients may act on it
 * @param errors the fields that are wrong, if it is about fields
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String instance,
        String code,
        @Nullable List<FieldError> errors) {

    static final String MEDIA_TYPE = "application/problem+json";

    record FieldError(String field, String message) {}
}
