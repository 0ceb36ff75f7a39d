package dev.bellhop.gateway.api;

import static dev.bellhop.chassis.Problem.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.bellhop.chassis.Bodies;
import dev.bellhop.chassis.KnownMethods;
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
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What failures of ours look like from outside; others: the chassis. */
final class Problems {

    @ServerExceptionMapper
    Response badRequest(BadRequest failure, UriInfo uri) {
        return problem(failure.status(), failure.code(), message(failure), uri);
    }

    @ServerExceptionMapper
    Response unauthenticated(Unauthenticated failure, UriInfo uri) {
        return Response.fromResponse(problem(401, "unauthenticated", message(failure), uri))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(Forbidden failure, UriInfo uri) {
        return problem(403, "forbidden", message(failure), uri);
    }

    @ServerExceptionMapper
    Response notFound(NotFound failure, UriInfo uri) {
        return problem(404, failure.noun() + "_not_found", message(failure), uri);
    }

    @ServerExceptionMapper
    Response refused(MoveRefused failure, UriInfo uri) {
        int status = failure.refusal() == Refusal.TOO_MUCH ? 422 : 409;
        return problem(status, failure.refusal().code(), message(failure), uri);
    }

    @ServerExceptionMapper
    Response unknownCard(UnknownCard failure, UriInfo uri) {
        return problem(422, "unknown_card", message(failure) + "; see GET /simulator/cards", uri);
    }

    @ServerExceptionMapper
    Response keyReused(KeyReused failure, UriInfo uri) {
        return problem(422, "idempotency_key_reused", message(failure), uri);
    }

    @ServerExceptionMapper
    Response tooManySecrets(TooManySecrets failure, UriInfo uri) {
        return problem(409, "too_many_secrets", message(failure), uri);
    }

    @ServerExceptionMapper
    Response invalidPlan(FaultPlan.Invalid failure, UriInfo uri) {
        String field = failure.place();
        String detail = (field + " " + message(failure)).strip();
        return problem(400, "invalid_plan", detail, uri, List.of(new FieldError(field, message(failure))));
    }

    @ServerExceptionMapper
    Response alreadyMoving(AlreadyMoving failure, UriInfo uri) {
        return problem(409, "clock_is_moving", message(failure), uri);
    }

    @ServerExceptionMapper
    Response tooOften(QueryLimit.Exceeded failure, UriInfo uri) {
        return Response.fromResponse(problem(429, "rate_limited", message(failure), uri))
                .header("Retry-After", failure.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response struck(Weather.Struck failure, UriInfo uri) {
        Response problem = problem(failure.status(), "simulated_fault", message(failure), uri);
        return failure.retryAfterSeconds() == 0
                ? problem
                : Response.fromResponse(problem)
                        .header("Retry-After", failure.retryAfterSeconds())
                        .build();
    }

    /** What the framework refuses: paths, methods, media types, sizes. */
    @ServerExceptionMapper
    Response framework(WebApplicationException failure, UriInfo uri) {
        if (failure.getCause() instanceof JacksonException unreadable) {
            return Bodies.unreadable(unreadable, uri);
        }
        int status = failure.getResponse().getStatus();
        String known = status == 404 || status == 405 ? KnownMethods.of(uri.getPath()) : "";
        if (known.isEmpty()) {
            return problem(status, Problem.code(status), Problem.detail(status), uri);
        }
        return Response.fromResponse(problem(405, Problem.code(405), Problem.detail(405), uri))
                .header("Allow", known)
                .build();
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
