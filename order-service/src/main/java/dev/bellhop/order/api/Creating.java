package dev.bellhop.order.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.AnswerOnce;
import dev.bellhop.order.app.IdempotencyKeys.IdempotentCall;
import dev.bellhop.order.app.StoredAnswer;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.Sha256;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Calls that create something: once per {@code Idempotency-Key}, if they carry one. */
@Singleton
final class Creating {

    private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,255}");

    private final AnswerOnce answerOnce;
    private final ObjectMapper json;

    Creating(AnswerOnce answerOnce, ObjectMapper json) {
        this.answerOnce = answerOnce;
        this.json = json;
    }

    /** Does the work, or repeats its answer. {@code asked} is what the fingerprint covers. */
    Uni<Response> once(
            ContainerRequestContext request,
            String operation,
            @Nullable Object asked,
            Supplier<Uni<StoredAnswer>> work) {
        IdempotentCall call = call(request, operation, asked);
        return call == null
                ? work.get().map(answer -> response(new AnswerOnce.Outcome(answer, false)))
                : answerOnce.run(call, work).map(Creating::response);
    }

    /** The call that the request's key stands for; null if it has none. */
    @Nullable
    IdempotentCall call(ContainerRequestContext request, String operation, @Nullable Object asked) {
        String key = request.getHeaderString("Idempotency-Key");
        if (key == null) {
            return null;
        }
        if (!KEY.matcher(key).matches()) {
            throw new Rejected("invalid_idempotency_key", "an Idempotency-Key has 1 to 255 visible ASCII characters");
        }
        Caller caller = Authentication.caller(request);
        return new IdempotentCall(caller.owner(), operation, key, fingerprint(asked));
    }

    /** 201 with a view as body. */
    StoredAnswer created(String location, @Nullable String etag, Object view) {
        return new StoredAnswer(201, location, etag, write(view));
    }

    /** 202 with a view as body. */
    StoredAnswer accepted(String etag, Object view) {
        return new StoredAnswer(202, null, etag, write(view));
    }

    static Response response(AnswerOnce.Outcome outcome) {
        StoredAnswer answer = outcome.answer();
        Response.ResponseBuilder response =
                Response.status(answer.status()).entity(answer.body()).type(MediaType.APPLICATION_JSON_TYPE);
        if (answer.location() != null) {
            response.header("Location", answer.location());
        }
        if (answer.etag() != null) {
            response.header("ETag", answer.etag());
        }
        if (outcome.replayed()) {
            response.header("Idempotency-Replayed", "true");
        }
        return response.build();
    }

    /** Of what was understood, so that blanks and the order of fields make no difference. */
    private String fingerprint(@Nullable Object asked) {
        return Sha256.hex(asked == null ? "" : write(asked));
    }

    private String write(Object view) {
        try {
            return json.writeValueAsString(view);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own views can be written", e);
        }
    }
}
