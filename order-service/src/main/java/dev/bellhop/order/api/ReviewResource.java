package dev.bellhop.order.api;

import dev.bellhop.order.app.ResolveReview;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;

/** An operator's decision about an order whose money does not fit. */
@Cancellable(false)
@Path("/orders/{id}/review")
@Produces(MediaType.APPLICATION_JSON)
final class ReviewResource {

    private final ResolveReview resolveReview;

    ReviewResource(ResolveReview resolveReview) {
        this.resolveReview = resolveReview;
    }

    /** What is decided, and why. */
    record DecisionRequest(
            @NotNull @Pattern(regexp = "accept|refund|cancel", message = "must be accept, refund or cancel")
                    String action,
            @NotBlank @Size(max = 500) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String reason) {}

    @POST
    @Path("/resolve")
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> resolve(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            @NotNull @Valid DecisionRequest body) {
        return resolveReview
                .run(
                        OrderResource.orderId(id),
                        Authentication.caller(request).actor(),
                        ETags.optional(meant),
                        ResolveReview.Decision.valueOf(body.action().toUpperCase(Locale.ROOT)),
                        body.reason(),
                        Traces.id())
                .map(OrderResource::response);
    }
}
