package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.Call;
import dev.bellhop.gateway.app.ChangePayment;
import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.Payments;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.MoveRefused;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.TestCard;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.FormParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The page on which people pay. Whoever knows the link may pay: that is what the link is for. */
@Cancellable(false)
@Path("/checkout/{id}")
@Produces(MediaType.TEXT_HTML)
final class CheckoutResource {

    /** Nobody is logged in on this page; the link is the permission. */
    private static final Caller CUSTOMER = new Caller("customer", Set.of(Scope.OPERATOR));

    private final Payments payments;
    private final ChangePayment changePayment;

    CheckoutResource(Payments payments, ChangePayment changePayment) {
        this.payments = payments;
        this.changePayment = changePayment;
    }

    @GET
    public Uni<Response> show(@PathParam("id") String id) {
        return payments.find(id)
                .map(payment -> page(200, CheckoutPage.of(payment)))
                .onFailure(NotFound.class)
                .recoverWithItem(() -> page(404, CheckoutPage.unknown()));
    }

    @POST
    @Path("/pay")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> pay(@PathParam("id") String id, @FormParam("card") @Nullable String card) {
        return change(
                id,
                (payment, now, ids) -> payment.confirm(
                        card == null || card.isBlank() ? TestCard.forAmount(payment.amount()) : TestCard.of(card),
                        now));
    }

    @POST
    @Path("/decline")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    public Uni<Response> decline(@PathParam("id") String id) {
        return change(id, (payment, now, ids) -> payment.decline(now));
    }

    /** Answers with a redirect to the page, so that a reload does not pay twice. */
    private Uni<Response> change(String id, ChangePayment.Move move) {
        Call call = new Call(CUSTOMER, Calls.traceparent(), false, null);
        return changePayment
                .run(call, id, move, payment -> dev.bellhop.gateway.app.Answer.of(303, null, new byte[0]))
                .replaceWith(() -> seeOther(id))
                .onFailure(MoveRefused.class)
                .recoverWithItem(() -> seeOther(id))
                .onFailure(NotFound.class)
                .recoverWithItem(() -> page(404, CheckoutPage.unknown()));
    }

    private static Response seeOther(String id) {
        // A text, not a URI: Quarkus REST would put the Host of the request before it, which is not our public address.
        return Response.status(Response.Status.SEE_OTHER)
                .header("Location", "/checkout/" + id)
                .build();
    }

    private static Response page(int status, String html) {
        return Response.status(status)
                .type("text/html;charset=UTF-8")
                .header("Cache-Control", "no-store")
                .header("Content-Security-Policy", CheckoutPage.POLICY)
                .header("X-Content-Type-Options", "nosniff")
                .header("Referrer-Policy", "no-referrer")
                .entity(html)
                .build();
    }
}
