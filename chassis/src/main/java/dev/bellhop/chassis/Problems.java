package dev.bellhop.chassis;

import static dev.bellhop.chassis.Problem.problem;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.bellhop.chassis.Problem.FieldError;
import io.vertx.sqlclient.ClosedConnectionException;
import io.vertx.sqlclient.DatabaseException;
import jakarta.validation.ConstraintViolationException;
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

/** What failures look like from outside that no service has a name for: of input, of the database, and of ours. */
final class Problems {

    private static final Logger LOG = Logger.getLogger(Problems.class);

    /**
     * How SQLSTATEs begin of a database that is away, full, or on its way down, that cannot be written any more, that gave up
     * for others' sake, or whose new password has not come to us yet: trying again may help.
     */
    private static final Set<String> DATABASE_AWAY =
            Set.of("08", "25006", "25P03", "28", "40", "53", "55P03", "57", "58");

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

    /** Drops the names of the method and its parameter, {@code create.request.amount}, and what an element is called. */
    private static String field(String path) {
        String[] steps = path.split("\\.", 3);
        return steps[steps.length - 1].replaceFirst("\\.<(list|iterable) element>$", "");
    }

    /** The framework has a mapper of its own for this one; only a mapper for the same type outdoes it. */
    @ServerExceptionMapper
    Response mismatched(MismatchedInputException failure, UriInfo uri) {
        return Bodies.unreadable(failure, uri);
    }

    @ServerExceptionMapper
    Response unreadable(JacksonException failure, UriInfo uri) {
        return Bodies.unreadable(failure, uri);
    }

    @ServerExceptionMapper
    Response unknown(Throwable failure, UriInfo uri) {
        if (isDatabaseAway(failure)) {
            LOG.warnf("database away path=%s reason=%s", uri.getPath(), failure.getMessage());
            return Response.fromResponse(problem(503, "unavailable", "the database cannot do it now; try again", uri))
                    .header("Retry-After", 1)
                    .build();
        }
        LOG.errorf(failure, "request failed path=%s", uri.getPath());
        return problem(500, "internal_error", Problem.detail(500), uri);
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
}
