package dev.bellhop.order.api;

import static dev.bellhop.chassis.Problem.problem;

import com.fasterxml.jackson.core.JacksonException;
import dev.bellhop.chassis.Bodies;
import dev.bellhop.chassis.KnownMethods;
import dev.bellhop.chassis.Problem;
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
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What failures of ours look like from outside; others: the chassis. */
final class Problems {

    @ServerExceptionMapper
    Response rejected(Rejected failure, UriInfo uri) {
        return problem(failure.status(), failure.code(), message(failure), uri);
    }

    @ServerExceptionMapper
    Response unauthenticated(Unauthenticated failure, UriInfo uri) {
        return Response.fromResponse(problem(401, "unauthenticated", message(failure), uri))
                .header("WWW-Authenticate", "Bearer")
                .build();
    }

    @ServerExceptionMapper
    Response unverifiable(Unverifiable failure, UriInfo uri) {
        return Response.fromResponse(problem(503, "unavailable", message(failure), uri))
                .header("Retry-After", 4)
                .build();
    }

    @ServerExceptionMapper
    Response forbidden(Forbidden failure, UriInfo uri) {
        return problem(403, "forbidden", message(failure), uri);
    }

    @ServerExceptionMapper
    Response tooOften(RateLimit.Exhausted failure, UriInfo uri) {
        return Response.fromResponse(problem(429, "rate_limited", message(failure), uri))
                .header("Retry-After", failure.retryAfterSeconds())
                .build();
    }

    @ServerExceptionMapper
    Response tooManyStreams(StreamPlaces.Full failure, UriInfo uri) {
        return Response.fromResponse(problem(failure.status(), "too_many_streams", message(failure), uri))
                .header("Retry-After", 5)
                .build();
    }

    @ServerExceptionMapper
    Response noSuchOrder(NoSuchOrder failure, UriInfo uri) {
        return problem(404, "order_not_found", message(failure), uri);
    }

    @ServerExceptionMapper
    Response orderExists(OrderExists failure, UriInfo uri) {
        return problem(409, "order_exists", message(failure), uri);
    }

    @ServerExceptionMapper
    Response versionDiffers(VersionDiffers failure, UriInfo uri) {
        return problem(412, "version_differs", message(failure), uri);
    }

    @ServerExceptionMapper
    Response notPriced(NotPriced failure, UriInfo uri) {
        return problem(422, failure.code(), message(failure), uri);
    }

    @ServerExceptionMapper
    Response moveRefused(MoveRefused failure, UriInfo uri) {
        return problem(409, failure.code(), message(failure), uri);
    }

    @ServerExceptionMapper
    Response tooMuch(TooMuch failure, UriInfo uri) {
        return problem(422, "amount_too_large", message(failure), uri);
    }

    @ServerExceptionMapper
    Response tooSlow(TooSlow failure, UriInfo uri) {
        return problem(422, "replay_too_slow", message(failure), uri);
    }

    @ServerExceptionMapper
    Response noPayment(NoPayment failure, UriInfo uri) {
        return problem(409, "no_payment", message(failure), uri);
    }

    @ServerExceptionMapper
    Response providerUnavailable(Unavailable failure, UriInfo uri) {
        return Response.fromResponse(problem(503, "provider_unavailable", message(failure), uri))
                .header("Retry-After", 5)
                .build();
    }

    @ServerExceptionMapper
    Response providerRefused(Refused failure, UriInfo uri) {
        return problem(422, "provider_refused", message(failure), uri);
    }

    @ServerExceptionMapper
    Response noSuchProduct(NoSuchProduct failure, UriInfo uri) {
        return problem(404, "product_not_found", message(failure), uri);
    }

    @ServerExceptionMapper
    Response productExists(ProductExists failure, UriInfo uri) {
        return problem(409, "product_exists", message(failure), uri);
    }

    @ServerExceptionMapper
    Response noSuchCustomer(NoSuchCustomer failure, UriInfo uri) {
        return problem(404, "customer_not_found", message(failure), uri);
    }

    @ServerExceptionMapper
    Response customerExists(CustomerExists failure, UriInfo uri) {
        return problem(409, "customer_exists", message(failure), uri);
    }

    @ServerExceptionMapper
    Response noSuchKey(NoSuchKey failure, UriInfo uri) {
        return problem(404, "api_key_not_found", message(failure), uri);
    }

    @ServerExceptionMapper
    Response keyRevoked(KeyRevoked failure, UriInfo uri) {
        return problem(409, "api_key_revoked", message(failure), uri);
    }

    @ServerExceptionMapper
    Response keyInFlight(KeyInFlight failure, UriInfo uri) {
        return Response.fromResponse(problem(409, "idempotency_key_in_flight", message(failure), uri))
                .header("Retry-After", 1)
                .build();
    }

    @ServerExceptionMapper
    Response keyReused(KeyReused failure, UriInfo uri) {
        return problem(422, "idempotency_key_reused", message(failure), uri);
    }

    /** What the framework refuses: paths, methods, media types, sizes. */
    @ServerExceptionMapper
    Response framework(WebApplicationException failure, UriInfo uri, HttpHeaders headers) {
        if (failure.getCause() instanceof JacksonException unreadable) {
            return Bodies.unreadable(unreadable, uri);
        }
        int status = failure.getResponse().getStatus();
        // It refuses a method without saying which there are, or says that there is no such path.
        String allow = status == 404 || status == 405 ? KnownMethods.of(uri.getPath()) : "";
        if (!allow.isEmpty()) {
            return Response.fromResponse(problem(405, Problem.code(405), Problem.detail(405), uri))
                    .header("Allow", allow)
                    .build();
        }
        // And 400 to a type that is none.
        int better = status == 400 && !Bodies.isJson(headers.getHeaderString("Content-Type")) ? 415 : status;
        return problem(better, Problem.code(better), Problem.detail(better), uri);
    }

    private static String message(Throwable failure) {
        return String.valueOf(failure.getMessage());
    }
}
