package dev.bellhop.gateway.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.gateway.app.Answer;
import dev.bellhop.gateway.app.Call;
import dev.bellhop.gateway.app.IdempotencyKey;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Dice;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns HTTP into {@link Call}s and {@link Answer}s into HTTP. */
@Singleton
final class Calls {

    private static final String CALLER = Calls.class.getName();
    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final ObjectMapper json;

    Calls(ObjectMapper json) {
        this.json = json;
    }

    static void remember(ContainerRequestContext request, Caller caller) {
        request.setProperty(CALLER, caller);
    }

    static Caller caller(ContainerRequestContext request) {
        return (Caller) Objects.requireNonNull(request.getProperty(CALLER));
    }

    /** A call that creates or changes something. The key's fingerprint covers the path and what was asked. */
    Call call(ContainerRequestContext request, String operation, @Nullable Object asked) {
        boolean brought = request.getHeaderString("traceparent") != null;
        return new Call(caller(request), traceparent(), brought, key(request, operation, asked));
    }

    private @Nullable IdempotencyKey key(ContainerRequestContext request, String operation, @Nullable Object asked) {
        String key = request.getHeaderString("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw new BadRequest("invalid_idempotency_key", "an Idempotency-Key has 1 to 255 visible ASCII characters");
        }
        String what = asked == null ? "" : new String(bytes(asked), StandardCharsets.UTF_8);
        return new IdempotencyKey(operation, key, Dice.hash(request.getUriInfo().getPath(), what));
    }

    /** The W3C form of the span that serves this request. */
    static @Nullable String traceparent() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid()
                ? "00-" + span.getTraceId() + "-" + span.getSpanId() + "-"
                        + span.getTraceFlags().asHex()
                : null;
    }

    byte[] bytes(Object view) {
        try {
            return json.writeValueAsBytes(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own views can be written", e);
        }
    }

    static Response response(Answer answer) {
        Response.ResponseBuilder response =
                Response.status(answer.status()).entity(answer.body()).type(MediaType.APPLICATION_JSON_TYPE);
        if (answer.location() != null) {
            response.header("Location", answer.location());
        }
        if (answer.repeated()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }
}
