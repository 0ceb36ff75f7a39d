package dev.bellhop.order.console;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Sha256;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** An operator with a session, during one request. */
record Visit(Caller caller, String sessionId) {

    private static final String PROPERTY = Visit.class.getName();

    /** The visit that this request belongs to; known unless the resource method is {@link Open}. */
    static Visit of(ContainerRequestContext request) {
        return Objects.requireNonNull(find(request));
    }

    /** The same, before that is certain. */
    static @Nullable Visit find(ContainerRequestContext request) {
        return (Visit) request.getProperty(PROPERTY);
    }

    void attach(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
        request.setProperty(Caller.class.getName(), caller);
    }

    Actor actor() {
        return caller.actor();
    }

    /** The trace that this request belongs to. */
    @Nullable
    String traceId() {
        SpanContext span = Span.current().getSpanContext();
        return span.isValid() ? span.getTraceId() : null;
    }

    /** What each form of this session sends along. It follows from the session's id, which does not follow from it. */
    String token() {
        return Sha256.hex("form " + sessionId);
    }

    /** Whether a form with this token was made for this session. */
    boolean made(@Nullable String formToken) {
        byte[] given = (formToken == null ? "" : formToken).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(given, token().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "Visit[" + caller.keyId() + "]";
    }
}
