package dev.bellhop.order.api;

import dev.bellhop.order.app.ReviseOrder;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;

/** Changes to what was ordered. The caller says which version it has seen, so that nobody overwrites unseen changes. */
@Cancellable(false)
@Path("/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
final class OrderRevisionResource {

    private final ReviseOrder reviseOrder;

    OrderRevisionResource(ReviseOrder reviseOrder) {
        this.reviseOrder = reviseOrder;
    }

    @PATCH
    @Consumes({MediaType.APPLICATION_JSON, "application/merge-patch+json"})
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> revise(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            @NotNull @Valid OrderRequests.Revise body) {
        Actor actor = Authentication.caller(request).actor();
        String tags = ETags.required(meant);
        return reviseOrder
                .run(
                        OrderResource.orderId(id),
                        actor,
                        version -> ETags.matches(tags, version),
                        body.revision(),
                        Traces.id())
                .map(OrderResource::response);
    }

    @DELETE
    @Requires(Scope.ORDERS_WRITE)
    public Uni<Response> remove(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant) {
        Actor actor = Authentication.caller(request).actor();
        String tags = ETags.required(meant);
        return reviseOrder
                .remove(OrderResource.orderId(id), actor, version -> ETags.matches(tags, version), Traces.id())
                .map(removed -> Response.noContent().build());
    }
}
