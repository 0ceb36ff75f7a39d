package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.app.EventLog;
import dev.bellhop.gateway.app.WebhookEndpoints;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Sends again what an endpoint has missed. */
@Cancellable(false)
@Path("/webhook-endpoints/{id}/recover")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
final class RecoveryResource {

    private final WebhookEndpoints endpoints;
    private final EventLog events;
    private final Clock clock;
    private final Doorbell doorbell;

    RecoveryResource(WebhookEndpoints endpoints, EventLog events, Clock clock, Doorbell doorbell) {
        this.endpoints = endpoints;
        this.events = events;
        this.clock = clock;
        this.doorbell = doorbell;
    }

    @POST
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(EventResource.Resent.class)
    public Uni<Response> recover(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("since") @Nullable String since) {
        Instant from = PaymentQueryResource.time("since", since);
        if (from == null) {
            throw new BadRequest("invalid_time", "since is needed: an RFC 3339 time");
        }
        return endpoints
                .find(Calls.caller(request), id)
                .chain(endpoint -> events.recover(id, from, clock.instant()))
                .invoke(doorbell::ring)
                .map(count -> Response.accepted(new EventResource.Resent(count)).build());
    }
}
