package dev.bellhop.gateway.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bellhop.chassis.Problem;
import dev.bellhop.chassis.Problem.FieldError;
import dev.bellhop.gateway.app.AdvanceClock.AlreadyMoving;
import dev.bellhop.gateway.app.ApiKeys.Unauthenticated;
import dev.bellhop.gateway.app.KeyReused;
import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.TooManySecrets;
import dev.bellhop.gateway.domain.FaultPlan;
import dev.bellhop.gateway.domain.MoveRefused;
import dev.bellhop.gateway.domain.Refusal;
import dev.bellhop.gateway.domain.TestCard.UnknownCard;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** What failures look like from outside: the only place that knows. */
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);
    /**
     * How SQLSTATEs begin of a database that is away, full, or on its way down, that cannot be written any more, that gave up
     * for others' sake, or whose new password has not come to us yet: trying again may help.
     */
    private static final Set<String> DATABASE_AWAY =
            Set.of("08", "25006", "25P03", "28", "40", "53", "55P03", "57", "58");

    @ServerExceptionMapper
    Response badRequest(BadRequest failure, UriInfo uri) {
        return problem(failure.status(), failure.code(), message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response unauthenticated(Unauthenticated failure, UriInfo uri) {
        return Response.fromResponse(problem(401, "unauthenticated", message(failure), uri, null))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(Forbidden failure, UriInfo uri) {
        return problem(403, "forbidden", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response notFound(NotFound failure, UriInfo uri) {
        return problem(404, failure.noun() + "_not_found", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response refused(MoveRefused failure, UriInfo uri) {
        int status = failure.refusal() == Refusal.TOO_MUCH ? 422 : 409;
        return problem(status, failure.refusal().code(), message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response unknownCard(UnknownCard failure, UriInfo uri) {
        return problem(422, "unknown_card", message(failure) + "; see GET /simulator/cards", uri, null);
    }

    @ServerExceptionMapper
    Response keyReused(KeyReused failure, UriInfo uri) {
        return problem(422, "idempotency_key_reused", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response tooManySecrets(TooManySecrets failure, UriInfo uri) {
        return problem(409, "too_many_secrets", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response invalid(ConstraintViolationException failure, UriInfo uri) {
        List<FieldError> errors = failure.getConstraintViolations().stream()
                .map(violation ->
                        new FieldError(field(violation.getPropertyPath().toString()), violation.getMessage()))
                .sorted(Comparator.comparing(FieldError::field).thenComparing(FieldError::message))
                .toList();
        String detail = errors.stream()
                .map(error -> error.field() + " " + error.message())
                .collect(Collectors.joining("; "));
        return problem(400, "validation_failed", detail, uri, errors);
    }

    @ServerExceptionMapper
    Response invalidPlan(FaultPlan.Invalid failure, UriInfo uri) {
        String field = failure.place();
        String detail = (field + " " + message(failure)).strip();
        return problem(400, "invalid_plan", detail, uri, List.of(new FieldError(field, message(failure))));
    }

    @ServerExceptionMapper
    Response alreadyMoving(AlreadyMoving failure, UriInfo uri) {
        return problem(409, "clock_is_moving", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response tooOften(QueryLimit.Exceeded failure, UriInfo uri) {
        return Response.fromResponse(problem(429, "rate_limited", message(failure), uri, null))
                .header("Retry-After", failure.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response struck(Weather.Struck failure, UriInfo uri) {
        Response problem = problem(failure.status(), "simulated_fault", message(failure), uri, null);
        return failure.retryAfterSeconds() == 0
                ? problem
                : Response.fromResponse(problem)
                        .header("Retry-After", failure.retryAfterSeconds())
                        .build();
    }

    /** Drops the names of the method and its parameter: {@code create.request.amount}. */
    private static String field(String path) {
        String[] steps = path.split("\\.", 3);
        return steps.length == 3 ? steps[2] : steps[steps.length - 1];
    }

    /** The framework has a mapper of its own for this one; only a mapper for the same type outdoes it. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure, UriInfo uri) {
        return unreadable(failure, uri);
    }

    @ServerExceptionMapper
    Response unreadable(Bodies.Unreadable failure, UriInfo uri) {
        return unreadable(failure.reason(), uri);
    }

    @ServerExceptionMapper
    Response unreadable(JacksonException failure, UriInfo uri) {
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
        return problem(400, "malformed_json", "the body is not the JSON that is expected", uri, null);
    }

    private static String path(JsonMappingException failure) {
        return failure.getPath().stream()
                .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                .collect(Collectors.joining("."));
    }

    /** What the framework refuses: paths, methods, media types, sizes. */
    @ServerExceptionMapper
    Response framework(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JacksonException unreadable) {
            return unreadable(unreadable, uri);
        }
        int status = failure.getResponse().getStatus();
        Set<String> known = status == 404 || status == 405 ? KnownMethods.of(uri.getPath()) : Set.of();
        if (known.isEmpty()) {
            return problem(status, Problem.code(status), Problem.detail(status), uri, null);
        }
        return Response.fromResponse(problem(405, Problem.code(405), Problem.detail(405), uri, null))
                .header("Allow", String.join(", ", known))
                .build();
    }

    @ServerExceptionMapper
    Response unknown(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            LOG.warnf("database away path=%s reason=%s", uri.getPath(), failure.getMessage());
            return Response.fromResponse(
                            problem(503, "unavailable", "the database does not answer; try again", uri, null))
                    .header("Retry-After", 1)
                    .build();
        }
        LOG.errorf(failure, "request failed path=%s", uri.getPath());
        return problem(500, "internal_error", Problem.detail(500), uri, null);
    }

    private static boolean isDatabaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = cause instanceof DatabaseException database ? database.getSqlState() : null;
            if (state != null && state.length() == 5) {
                return DATABASE_AWAY.stream().anyMatch(state::startsWith);
            }
            // The driver's own words for a connection that broke, and the pool's for none in time.
            String text = String.valueOf(cause.getMessage());
            if (cause instanceof IOException
                    || cause instanceof TimeoutException
                    || cause instanceof ClosedConnectionException
                    || text.startsWith("Connection is not active")
                    || text.startsWith("Connection is closed")
                    || text.startsWith("Timeout")) {
                return true;
            }
        }
        return false;
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }

    private static Response problem(
            int status, String code, String detail, UriInfo uri, @Nullable List<FieldError> errors) {
        return Response.status(status)
                .type(Problem.MEDIA_TYPE)
                .entity(new Problem("about:blank", Problem.title(status), status, detail, uri.getPath(), code, errors))
                .build();
    }
}
