package dev.bellhop.order.api;

import dev.bellhop.chassis.Bodies;
import dev.bellhop.order.api.OrderViews.PaymentRequestedView;
import dev.bellhop.order.app.MoveOrder;
import dev.bellhop.order.app.RefundOrder;
import dev.bellhop.order.app.RequestPayment;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
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
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;

/** What can be done with an order. A move that its status does not allow is 409 with the reason. */
@Cancellable(false)
@Path("/orders/{id}")
@Produces(MediaType.APPLICATION_JSON)
final class OrderMoveResource {

    private final RequestPayment requestPayment;
    private final MoveOrder moveOrder;
    private final RefundOrder refundOrder;
    private final Creating creating;
    private final Bodies bodies;

    OrderMoveResource(
            RequestPayment requestPayment,
            MoveOrder moveOrder,
            RefundOrder refundOrder,
            Creating creating,
            Bodies bodies) {
        this.requestPayment = requestPayment;
        this.moveOrder = moveOrder;
        this.refundOrder = refundOrder;
        this.creating = creating;
        this.bodies = bodies;
    }

    /** Idempotent without a key: an order has one payment at a time. */
    @POST
    @Path("/payment")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(PaymentRequestedView.class)
    public Uni<Response> pay(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant) {
        Actor actor = Authentication.caller(request).actor();
        return requestPayment
                .run(OrderResource.orderId(id), actor, ETags.optional(meant))
                .map(order -> {
                    Order.RequestedPayment payment = Objects.requireNonNull(order.payment());
                    return Response.status(201)
                            .header("Location", "/orders/" + id)
                            .header("ETag", ETags.of(order.version()))
                            .entity(PaymentRequestedView.of(order, payment))
                            .build();
                });
    }

    @POST
    @Path("/ship")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> ship(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            byte[] body) {
        return move(request, id, meant, Move.SHIP, body);
    }

    @POST
    @Path("/deliver")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> deliver(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            byte[] body) {
        return move(request, id, meant, Move.DELIVER, body);
    }

    @POST
    @Path("/cancel")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> cancel(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            byte[] body) {
        return move(request, id, meant, Move.CANCEL, body);
    }

    private Uni<Response> move(ContainerRequestContext request, String id, List<String> meant, Move move, byte[] body) {
        Actor actor = Authentication.caller(request).actor();
        OrderRequests.Reason why = bodies.optional(request, body, OrderRequests.Reason.class);
        return moveOrder
                .run(
                        OrderResource.orderId(id),
                        actor,
                        ETags.optional(meant),
                        move,
                        why == null ? null : why.reason(),
                        Traces.id())
                .map(OrderResource::response);
    }

    /** 202: the money is on its way back when the provider's webhook says so. */
    @POST
    @Path("/refund")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderViews.OrderView.class)
    public Uni<Response> refund(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-Match") List<String> meant,
            byte[] body) {
        Actor actor = Authentication.caller(request).actor();
        OrderRequests.Refund how = bodies.optional(request, body, OrderRequests.Refund.class);
        return refundOrder
                .run(
                        OrderResource.orderId(id),
                        actor,
                        ETags.optional(meant),
                        how == null ? null : how.amount(),
                        creating.call(request, "refunds/" + id, how),
                        order -> creating.accepted(ETags.of(order.version()), OrderViews.OrderView.of(order)))
                .map(Creating::response);
    }
}
