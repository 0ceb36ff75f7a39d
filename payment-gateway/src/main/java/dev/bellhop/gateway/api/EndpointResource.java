package dev.bellhop.gateway.api;

import dev.bellhop.chassis.Bodies;
import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.app.Ids;
import dev.bellhop.gateway.app.WebhookEndpoints;
import dev.bellhop.gateway.app.WebhookEndpoints.Change;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Endpoint;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.SignatureStyle;
import dev.bellhop.gateway.domain.SigningSecret;
import dev.bellhop.gateway.domain.SigningSecrets;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Where merchants want webhooks: create, read, update, delete, without ceremony. */
@Cancellable(false)
@Path("/webhook-endpoints")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class EndpointResource {

    private static final Duration LONGEST_OVERLAP = Duration.ofDays(3660);

    private final WebhookEndpoints endpoints;
    private final Ids ids;
    private final Clock clock;
    private final DeliveryConfig config;
    private final Doorbell doorbell;
    private final Bodies bodies;
    private final SecureRandom random = new SecureRandom();

    EndpointResource(
            WebhookEndpoints endpoints, Ids ids, Clock clock, DeliveryConfig config, Doorbell doorbell, Bodies bodies) {
        this.endpoints = endpoints;
        this.ids = ids;
        this.clock = clock;
        this.config = config;
        this.doorbell = doorbell;
        this.bodies = bodies;
    }

    @POST
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(EndpointView.class)
    public Uni<Response> create(
            @Context ContainerRequestContext request, @NotNull @Valid EndpointRequests.Create body) {
        SignatureStyle style = EndpointRequests.style(body.style());
        String secret = secret(style, body.secret());
        Endpoint endpoint = new Endpoint(
                ids.next("we"),
                Calls.caller(request).owner(),
                EndpointRequests.url(body.url()),
                style,
                List.of(new SigningSecret(secret, null)),
                EndpointRequests.events(body.events()),
                body.ratePerSecond(),
                0,
                null,
                null,
                null,
                clock.instant());
        return endpoints.insert(endpoint).replaceWith(() -> Response.created(
                        URI.create("/webhook-endpoints/" + endpoint.id()))
                .header("Cache-Control", "no-store")
                .entity(EndpointView.of(endpoint, shown(style, secret)))
                .build());
    }

    /** A private key is nothing that a receiver needs. */
    private static @Nullable String shown(SignatureStyle style, String secret) {
        return style == SignatureStyle.STANDARD_WEBHOOKS_ASYMMETRIC ? null : secret;
    }

    private String secret(SignatureStyle style, @Nullable String given) {
        if (given == null) {
            return SigningSecrets.generate(style, random);
        }
        if (!SigningSecrets.acceptable(style, given)) {
            throw new BadRequest("invalid_secret", "the secret is too weak or has not the form that its style needs");
        }
        return given;
    }

    /** Every endpoint, oldest first; fewer only to who asks for a limit. */
    @GET
    @Requires(Scope.OPERATOR)
    public Uni<Page<EndpointView>> list(
            @Context ContainerRequestContext request,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return endpoints.list(Calls.caller(request)).map(found -> {
            List<EndpointView> all = found.stream().map(EndpointView::of).toList();
            return Page.of(all, cursor, limit, EndpointView::endpointId);
        });
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<EndpointView> find(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return endpoints.find(Calls.caller(request), id).map(EndpointView::of);
    }

    @PATCH
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<EndpointView> patch(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @NotNull @Valid EndpointRequests.Patch body) {
        Caller caller = Calls.caller(request);
        Change change = new Change(
                body.url() == null ? null : EndpointRequests.url(body.url()),
                body.events() == null ? null : EndpointRequests.events(body.events()),
                body.rate(),
                body.status() == null ? null : body.status().equals("enabled"));
        return endpoints
                .find(caller, id)
                .chain(before -> endpoints.update(id, change))
                .chain(() -> endpoints.find(caller, id))
                .invoke(doorbell::ring)
                .map(EndpointView::of);
    }

    @DELETE
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<Response> delete(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return endpoints
                .find(Calls.caller(request), id)
                .chain(endpoint -> endpoints.delete(endpoint.id()))
                .replaceWith(() -> Response.noContent().build());
    }

    @POST
    @Path("/{id}/rotate-secret")
    @Consumes(MediaType.WILDCARD)
    @Requires(Scope.OPERATOR)
    public Uni<RestResponse<EndpointView>> rotate(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBodySchema(EndpointRequests.Rotate.class) byte[] bytes) {
        EndpointRequests.Rotate body = bodies.optional(request, bytes, EndpointRequests.Rotate.class);
        Caller caller = Calls.caller(request);
        Instant now = clock.instant();
        Instant overlapEnd = now.plus(overlap(body == null ? null : body.overlap()));
        return endpoints.find(caller, id).chain(endpoint -> {
            String secret = secret(endpoint.style(), body == null ? null : body.secret());
            return endpoints
                    .rotate(id, secret, now, overlapEnd)
                    .chain(() -> endpoints.find(caller, id))
                    .map(rotated -> EndpointView.of(rotated, shown(rotated.style(), secret)))
                    .map(view -> ResponseBuilder.ok(view)
                            .header("Cache-Control", "no-store")
                            .build());
        });
    }

    private Duration overlap(@Nullable String text) {
        if (text == null) {
            return config.secretOverlap();
        }
        try {
            Duration overlap = Duration.parse(text);
            if (!overlap.isNegative() && overlap.compareTo(LONGEST_OVERLAP) <= 0) {
                return overlap;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new BadRequest("invalid_overlap", "overlap is an ISO 8601 duration such as PT24H, at most ten years");
    }
}
