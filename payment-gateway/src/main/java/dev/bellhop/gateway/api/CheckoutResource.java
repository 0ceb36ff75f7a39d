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
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;
import org.jspecify.annotations.Nullable;

/** The page on which people pay. Whoever knows the link may pay: that is what the link is for. */
@Cancellable(false)
@Path("/checkout/{id}")
@Produces(MediaType.TEXT_HTML)
final class CheckoutResource {

    /** Nobody is logged in on this page; the link is the permission. */
    private static final Caller CUSTOMER = new Caller("customer", Set.of(Scope.OPERATOR));

    /** Whatever is below it; the group is the page of a payment, if its id could be one. */
    private static final Pattern PAGE = Pattern.compile("(?:(/checkout/[A-Za-z0-9_]+)|/checkout)(?:/.*)?");

    private static final MediaType HTML = MediaType.TEXT_HTML_TYPE.withCharset("UTF-8");

    private static final Map<String, Object> HEADERS = Map.of(
            "Cache-Control", "no-store",
            "Content-Security-Policy", CheckoutPage.POLICY,
            "X-Content-Type-Options", "nosniff",
            "Referrer-Policy", "no-referrer");

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

    /** Browsers get a page where others get a problem. */
    @ServerResponseFilter
    void dress(ContainerRequestContext request, ContainerResponseContext response) {
        Matcher path = PAGE.matcher(request.getUriInfo().getPath());
        MediaType type = response.getMediaType();
        String accepted = request.getHeaderString("Accept");
        if (path.matches()
                && type != null
                && type.getSubtype().equals("problem+json")
                && accepted != null
                && accepted.contains(MediaType.TEXT_HTML)) {
            String html = CheckoutPage.failed(response.getStatus(), path.group(1));
            response.setEntity(html, null, HTML);
            HEADERS.forEach(response.getHeaders()::putSingle);
        }
    }

    private static Response page(int status, String html) {
        Response.ResponseBuilder page = Response.status(status).type(HTML).entity(html);
        HEADERS.forEach(page::header);
        return page.build();
    }
}
