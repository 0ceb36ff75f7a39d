package dev.bellhop.gateway.api;

import dev.bellhop.chassis.Bodies;
import dev.bellhop.gateway.app.Answer;
import dev.bellhop.gateway.app.ChangePayment;
import dev.bellhop.gateway.app.CreatePayment;
import dev.bellhop.gateway.app.CreatePayment.Order;
import dev.bellhop.gateway.domain.Currencies;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.Refund;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.TestCard;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBodySchema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Payments are created and moved here; {@link PaymentQueryResource} tells how they stand. */
@Cancellable(false)
@Path("/payments")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
final class PaymentResource {

    private final CreatePayment createPayment;
    private final ChangePayment changePayment;
    private final Calls calls;
    private final Bodies bodies;
    private final Links links;

    PaymentResource(CreatePayment createPayment, ChangePayment changePayment, Calls calls, Bodies bodies, Links links) {
        this.createPayment = createPayment;
        this.changePayment = changePayment;
        this.calls = calls;
        this.bodies = bodies;
        this.links = links;
    }

    @POST
    @Operation("create")
    @Consumes(MediaType.APPLICATION_JSON)
    @Requires(Scope.PAYMENTS_WRITE)
    @APIResponseSchema(PaymentView.class)
    public Uni<Response> create(@Context ContainerRequestContext request, @NotNull @Valid PaymentRequests.Create body) {
        if (!Currencies.exists(body.currency())) {
            throw new BadRequest(422, "unknown_currency", "there is no currency " + body.currency());
        }
        Order order = new Order(body.orderId(), body.amount(), body.currency(), body.captureMode());
        return createPayment
                .run(calls.call(request, "payments", body), order, this::created)
                .map(Calls::response);
    }

    private Answer created(Payment payment) {
        return Answer.of(201, "/payments/" + payment.id(), calls.bytes(PaymentView.of(payment, links)));
    }

    @POST
    @Path("/{id}/confirm")
    @Operation("confirm")
    @Requires(Scope.PAYMENTS_WRITE)
    @APIResponseSchema(PaymentView.class)
    public Uni<Response> confirm(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBodySchema(PaymentRequests.Confirm.class) byte[] bytes) {
        PaymentRequests.Confirm body = bodies.optional(request, bytes, PaymentRequests.Confirm.class);
        String number = body == null ? null : body.card();
        return change(
                request,
                id,
                "confirm",
                body,
                (payment, now, ids) -> payment.confirm(
                        number == null ? TestCard.forAmount(payment.amount()) : TestCard.of(number), now));
    }

    @POST
    @Path("/{id}/capture")
    @Operation("capture")
    @Requires(Scope.PAYMENTS_WRITE)
    @APIResponseSchema(PaymentView.class)
    public Uni<Response> capture(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBodySchema(PaymentRequests.Amount.class) byte[] bytes) {
        PaymentRequests.Amount body = bodies.optional(request, bytes, PaymentRequests.Amount.class);
        Long amount = body == null ? null : body.amount();
        return change(request, id, "capture", body, (payment, now, ids) -> payment.capture(amount, now));
    }

    @POST
    @Path("/{id}/cancel")
    @Operation("cancel")
    @Requires(Scope.PAYMENTS_WRITE)
    @APIResponseSchema(PaymentView.class)
    public Uni<Response> cancel(@Context ContainerRequestContext request, @PathParam("id") String id) {
        return change(request, id, "cancel", null, (payment, now, ids) -> payment.cancel(now));
    }

    @POST
    @Path("/{id}/refunds")
    @Operation("refund")
    @Requires(Scope.PAYMENTS_WRITE)
    @APIResponseSchema(PaymentView.RefundView.class)
    public Uni<Response> refund(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RequestBodySchema(PaymentRequests.Amount.class) byte[] bytes) {
        PaymentRequests.Amount body = bodies.optional(request, bytes, PaymentRequests.Amount.class);
        Long amount = body == null ? null : body.amount();
        ChangePayment.Move refund = (payment, now, ids) -> payment.refund(
                ids.next("ref", id, String.valueOf(payment.refunds().size())), amount, now);
        return changePayment
                .run(calls.call(request, "refunds", body), id, refund, this::refunded)
                .map(Calls::response);
    }

    private Answer refunded(Payment payment) {
        Refund newest = payment.refunds().get(payment.refunds().size() - 1);
        return Answer.of(201, "/payments/" + payment.id(), calls.bytes(PaymentView.RefundView.of(newest)));
    }

    private Uni<Response> change(
            ContainerRequestContext request,
            String id,
            String operation,
            @Nullable Object body,
            ChangePayment.Move move) {
        return changePayment
                .run(
                        calls.call(request, operation, body),
                        id,
                        move,
                        payment -> Answer.of(200, null, calls.bytes(PaymentView.of(payment, links))))
                .map(Calls::response);
    }
}
