package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.Orders.NoSuchOrder;
import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.domain.OrderId;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** One order, with all that happened to it. */
@Cancellable(false)
@Path("/console/orders/{id}")
@Produces(MediaType.TEXT_HTML)
final class OrderPageResource {

    private static final int MOST_EVENTS = 100;

    private final FindOrders findOrders;
    private final InboxLog inbox;
    private final QuestionLog questions;
    private final ObjectMapper json;

    OrderPageResource(FindOrders findOrders, InboxLog inbox, QuestionLog questions, ObjectMapper json) {
        this.findOrders = findOrders;
        this.inbox = inbox;
        this.questions = questions;
        this.json = json;
    }

    @GET
    public Uni<TemplateInstance> one(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("done") @Nullable String done) {
        Visit visit = Visit.of(request);
        Frame frame = Frame.of(visit, "Order " + id, "orders").after(done);
        return sight(visit, id).map(sight -> Pages.order(frame, sight));
    }

    /** The part that renews itself, if it is not as it was seen last. */
    @GET
    @Path("/live")
    public Uni<Response> live(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("seen") @Nullable String seen) {
        Visit visit = Visit.of(request);
        return sight(visit, id)
                .chain(sight -> sight.seen().equals(seen)
                        ? Uni.createFrom().item(Response.noContent().build())
                        : Pages.orderLive(Frame.of(visit, "", "orders"), sight)
                                .createUni()
                                .map(html -> Response.ok(html).build()))
                .onFailure(NoSuchOrder.class)
                .recoverWithUni(() -> LastWord.of(Pages.removed()));
    }

    private Uni<OrderSight> sight(Visit visit, String id) {
        OrderId orderId = OrderFormResource.orderId(id);
        // One after the other: they share a database session.
        return findOrders.get(orderId, visit.actor()).chain(order -> findOrders
                .history(orderId, visit.actor(), order.version() - FindOrders.MOST_CHANGES, FindOrders.MOST_CHANGES)
                .chain(changes -> inbox.find(InboxLog.Filter.ofOrder(id), null, MOST_EVENTS)
                        .chain(events -> questions
                                .of(id)
                                .map(answers -> OrderSight.of(
                                        order,
                                        changes,
                                        events.stream()
                                                .map(event -> EventSight.of(event, json))
                                                .toList(),
                                        answers)))));
    }
}
