package dev.bellhop.order.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import dev.bellhop.chassis.Problem;
import dev.bellhop.chassis.Problem.FieldError;
import dev.bellhop.order.app.AccessTokens.Unverifiable;
import dev.bellhop.order.app.AnswerOnce.KeyInFlight;
import dev.bellhop.order.app.AnswerOnce.KeyReused;
import dev.bellhop.order.app.ApiKeys.KeyRevoked;
import dev.bellhop.order.app.ApiKeys.NoSuchKey;
import dev.bellhop.order.app.ApiKeys.Unauthenticated;
import dev.bellhop.order.app.Customers.CustomerExists;
import dev.bellhop.order.app.Customers.NoSuchCustomer;
import dev.bellhop.order.app.MoveRefused;
import dev.bellhop.order.app.Orders.NoSuchOrder;
import dev.bellhop.order.app.Orders.OrderExists;
import dev.bellhop.order.app.PaymentProvider.Refused;
import dev.bellhop.order.app.PaymentProvider.Unavailable;
import dev.bellhop.order.app.Pricing.NotPriced;
import dev.bellhop.order.app.Products.NoSuchProduct;
import dev.bellhop.order.app.Products.ProductExists;
import dev.bellhop.order.app.RefundOrder.NoPayment;
import dev.bellhop.order.app.RefundOrder.TooMuch;
import dev.bellhop.order.app.ReplayEvents.TooSlow;
import dev.bellhop.order.app.VersionDiffers;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
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
    Response rejected(Rejected failure, UriInfo uri) {
        return problem(failure.status(), failure.code(), message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response unauthenticated(Unauthenticated failure, UriInfo uri) {
        return Response.fromResponse(problem(401, "unauthenticated", message(failure), uri, null))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response unverifiable(Unverifiable failure, UriInfo uri) {
        return Response.fromResponse(problem(503, "unavailable", message(failure), uri, null))
                .header("Retry-After", 4)
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(Forbidden failure, UriInfo uri) {
        return problem(403, "forbidden", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response tooOften(RateLimit.Exhausted failure, UriInfo uri) {
        return Response.fromResponse(problem(429, "rate_limited", message(failure), uri, null))
                .header("Retry-After", failure.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response noSuchOrder(NoSuchOrder failure, UriInfo uri) {
        return problem(404, "order_not_found", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response orderExists(OrderExists failure, UriInfo uri) {
        return problem(409, "order_exists", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response versionDiffers(VersionDiffers failure, UriInfo uri) {
        return problem(412, "version_differs", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response notPriced(NotPriced failure, UriInfo uri) {
        return problem(422, failure.code(), message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response moveRefused(MoveRefused failure, UriInfo uri) {
        return problem(409, failure.code(), message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response tooMuch(TooMuch failure, UriInfo uri) {
        return problem(422, "amount_too_large", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response tooSlow(TooSlow failure, UriInfo uri) {
        return problem(422, "replay_too_slow", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response noPayment(NoPayment failure, UriInfo uri) {
        return problem(409, "no_payment", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response providerUnavailable(Unavailable failure, UriInfo uri) {
        return Response.fromResponse(problem(503, "provider_unavailable", message(failure), uri, null))
                .header("Retry-After", 5)
                .build();
    }

    @ServerExceptionMapper
    Response providerRefused(Refused failure, UriInfo uri) {
        return problem(422, "provider_refused", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response noSuchProduct(NoSuchProduct failure, UriInfo uri) {
        return problem(404, "product_not_found", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response productExists(ProductExists failure, UriInfo uri) {
        return problem(409, "product_exists", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response noSuchCustomer(NoSuchCustomer failure, UriInfo uri) {
        return problem(404, "customer_not_found", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response customerExists(CustomerExists failure, UriInfo uri) {
        return problem(409, "customer_exists", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response noSuchKey(NoSuchKey failure, UriInfo uri) {
        return problem(404, "api_key_not_found", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response keyRevoked(KeyRevoked failure, UriInfo uri) {
        return problem(409, "api_key_revoked", message(failure), uri, null);
    }

    @ServerExceptionMapper
    Response keyInFlight(KeyInFlight failure, UriInfo uri) {
        return Response.fromResponse(problem(409, "idempotency_key_in_flight", message(failure), uri, null))
                .header("Retry-After", 1)
                .build();
    }

    @ServerExceptionMapper
    Response keyReused(KeyReused failure, UriInfo uri) {
        return problem(422, "idempotency_key_reused", message(failure), uri, null);
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
    Response framework(WebApplicationException failure, UriInfo uri, HttpHeaders headers) {
        if (failure.getCause() instanceof JacksonException unreadable) {
            return unreadable(unreadable, uri);
        }
        int status = failure.getResponse().getStatus();
        // It refuses a method without saying which there are, or says that there is no such path.
        String allow = status == 404 || status == 405 ? ApiDescription.allowed(uri.getPath()) : "";
        if (!allow.isEmpty()) {
            return Response.fromResponse(problem(405, Problem.code(405), Problem.detail(405), uri, null))
                    .header("Allow", allow)
                    .build();
        }
        // And 400 to a type that is none.
        int better = status == 400 && !Bodies.isJson(headers.getHeaderString("Content-Type")) ? 415 : status;
        return problem(better, Problem.code(better), Problem.detail(better), uri, null);
    }

    @ServerExceptionMapper
    Response unknown(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            LOG.warnf("database away path=%s reason=%s", uri.getPath(), failure.getMessage());
            return Response.fromResponse(
                            problem(503, "unavailable", "the database cannot do it now; try again", uri, null))
                    .header("Retry-After", 1)
                    .build();
        }
        LOG.errorf(failure, "request failed path=%s", uri.getPath());
        return problem(500, "internal_error", Problem.detail(500), uri, null);
    }

    private static boolean isDatabaseAway(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String state = sqlState(cause);
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

    /** The driver's, or what Hibernate makes of it. */
    private static @Nullable String sqlState(Throwable failure) {
        if (failure instanceof DatabaseException database) {
            return database.getSqlState();
        }
        return failure instanceof SQLException sql ? sql.getSQLState() : null;
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
