package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.CurrentPlan;
import dev.bellhop.gateway.domain.Fault;
import dev.bellhop.gateway.domain.FaultKind;
import dev.bellhop.gateway.domain.Payment;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** The faults that the plan in force has in store for calls of the payments API. */
@Singleton
final class Weather {

    private static final String FAULTS = Weather.class.getName();
    /** After the caller is known: a stranger learns nothing about the plan. */
    private static final int AFTER_AUTHENTICATION = 6_000;

    private final CurrentPlan plan;
    private final Clock clock;

    Weather(CurrentPlan plan, Clock clock) {
        this.plan = plan;
        this.clock = clock;
    }

    @ServerRequestFilter(priority = AFTER_AUTHENTICATION)
    Uni<@Nullable Response> before(ContainerRequestContext request, ResourceInfo resource) {
        Operation operation = resource.getResourceMethod().getAnnotation(Operation.class);
        if (operation == null || !plan.inForce()) {
            return Uni.createFrom().nullItem();
        }
        List<Fault> faults = plan.strike(operation.value(), request.getUriInfo().getPath());
        request.setProperty(FAULTS, faults);
        Duration latency = Duration.ZERO;
        for (Fault fault : faults) {
            switch (fault.kind()) {
                case LATENCY -> latency = latency.plus(fault.by());
                case ERROR -> {
                    return Uni.createFrom().failure(new Struck(fault.status(), 0, "the plan says: error"));
                }
                case OUTAGE -> {
                    return Uni.createFrom().failure(new Struck(503, 5, "the plan says: outage"));
                }
                case TOO_MANY_REQUESTS -> {
                    long wait = Math.max(1, fault.by().toSeconds());
                    return Uni.createFrom().failure(new Struck(429, wait, "the plan says: too many requests"));
                }
                default -> {
                    // strikes later, if it is one of an answer
                }
            }
        }
        Uni<@Nullable Response> goOn = Uni.createFrom().nullItem();
        return latency.isZero() ? goOn : goOn.onItem().delayIt().by(latency);
    }

    @ServerResponseFilter
    Uni<Void> after(ContainerRequestContext request, ContainerResponseContext response, RoutingContext context) {
        Uni<Void> goOn = Uni.createFrom().voidItem();
        if (response.getStatus() >= 400) {
            return goOn;
        }
        for (Fault fault : faults(request)) {
            if (fault.kind() == FaultKind.RESPONSE_LOST) {
                context.request().connection().close();
            }
            if (fault.kind() == FaultKind.LATE_ANSWER) {
                return goOn.onItem().delayIt().by(fault.by());
            }
        }
        return goOn;
    }

    /** The payment as this call is to see it. */
    Payment shown(ContainerRequestContext request, Payment payment) {
        return faults(request).stream()
                        .anyMatch(fault -> fault.kind() == FaultKind.STALE_STATUS
                                && payment.updatedAt().plus(fault.by()).isAfter(clock.instant()))
                ? payment.asCreated()
                : payment;
    }

    @SuppressWarnings("unchecked") // nobody else sets this property
    private static List<Fault> faults(ContainerRequestContext request) {
        Object faults = request.getProperty(FAULTS);
        return faults == null ? List.of() : (List<Fault>) faults;
    }

    /** A call that the plan does not let through. */
    static final class Struck extends RuntimeException {

        private static final long serialVersionUID = 1L;

        private final int status;
        private final long retryAfterSeconds;

        Struck(int status, long retryAfterSeconds, String message) {
            super(message);
            this.status = status;
            this.retryAfterSeconds = retryAfterSeconds;
        }

        int status() {
            return status;
        }

        /** Nought if the client is not told. */
        long retryAfterSeconds() {
            return retryAfterSeconds;
        }
    }
}
