package dev.bellhop.order.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.chassis.Problem;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Bodies that may be left out: a POST without one may carry any content type, as many clients send one anyway. */
@Singleton
final class Bodies {

    private final ObjectMapper json;
    private final Validator validator;

    Bodies(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** What the body says, checked; null if there is none. */
    <T> @Nullable T optional(ContainerRequestContext request, byte[] body, Class<T> type) {
        if (body.length == 0) {
            return null;
        }
        if (!isJson(request.getHeaderString("Content-Type"))) {
            throw new Rejected(Status.UNSUPPORTED_MEDIA_TYPE.getStatusCode(), Problem.code(415), Problem.detail(415));
        }
        T value = read(body, type);
        if (value != null) {
            Set<ConstraintViolation<T>> violations = validator.validate(value);
            if (!violations.isEmpty()) {
                throw new ConstraintViolationException(violations);
            }
        }
        return value;
    }

    /** Whether a body of this {@code Content-Type} is JSON; one without is. */
    static boolean isJson(@Nullable String type) {
        try {
            return type == null || MediaType.valueOf(type).isCompatible(MediaType.APPLICATION_JSON_TYPE);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private <T> @Nullable T read(byte[] body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            throw new Unreadable(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    /** Carries the checked exception. */
    static final class Unreadable extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final com.fasterxml.jackson.core.JacksonException reason;

        Unreadable(com.fasterxml.jackson.core.JacksonException reason) {
            super(reason);
            this.reason = reason;
        }

        com.fasterxml.jackson.core.JacksonException reason() {
            return reason;
        }
    }
}
