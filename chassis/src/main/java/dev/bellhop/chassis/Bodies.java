package dev.bellhop.chassis;

import static dev.bellhop.chassis.Problem.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bellhop.chassis.Problem.FieldError;
import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import jakarta.ws.rs.BadRequestException;
import jakarta.ws.rs.NotSupportedException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Bodies that may be left out: a POST without one may carry any content type, as many clients send one anyway. */
@Singleton
public final class Bodies {

    private final ObjectMapper json;
    private final Validator validator;

    Bodies(ObjectMapper json, Validator validator) {
        this.json = json;
        this.validator = validator;
    }

    /** What the body says, checked; null if there is none. */
    public <T> @Nullable T optional(ContainerRequestContext request, byte[] body, Class<T> type) {
        if (body.length == 0) {
            return null;
        }
        if (!isJson(request.getHeaderString("Content-Type"))) {
            throw new NotSupportedException();
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
    public static boolean isJson(@Nullable String type) {
        try {
            return type == null || MediaType.valueOf(type).isCompatible(MediaType.APPLICATION_JSON_TYPE);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private <T> @Nullable T read(byte[] body, Class<T> type) {
        try {
            return json.readValue(body, type);
        } catch (JacksonException e) {
            throw new BadRequestException(e);
        } catch (IOException e) {
            throw new UncheckedIOException("bytes in memory can be read", e);
        }
    }

    /** What is said of a body that is no JSON, or not the JSON that is expected. */
    public static Response unreadable(JacksonException failure, UriInfo uri) {
        if (failure instanceof UnrecognizedPropertyException unknown) {
            String field = path(unknown);
            return problem(
                    400, "unknown_field", "unknown field " + field, uri, List.of(new FieldError(field, "is unknown")));
        }
        if (failure instanceof JsonMappingException mapping
                && !mapping.getPath().isEmpty()) {
            String field = path(mapping);
            return problem(
                    400,
                    "invalid_field",
                    field + " has the wrong type or form",
                    uri,
                    List.of(new FieldError(field, "has the wrong type or form")));
        }
        return problem(400, "malformed_json", "the body is not the JSON that is expected", uri);
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : "." + step.getFieldName())
                .collect(Collectors.joining())
                .replaceFirst("^\\.", "");
    }
}
