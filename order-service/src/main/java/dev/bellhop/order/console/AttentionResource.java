package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.AskingConfig;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.Orders;
import dev.bellhop.order.app.RedriveDeadLetter;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Outcome;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What waits for a person: money that does not fit, events without their order, records that nobody could read. */
@Cancellable(false)
@Path("/console/attention")
@Produces(MediaType.TEXT_HTML)
final class AttentionResource {

    private static final int MOST = 25;
    private static final Orders.Filter IN_REVIEW = new Orders.Filter(null, OrderStatus.NEEDS_REVIEW, null, null, null);

    private final FindOrders findOrders;
    private final InboxLog inbox;
    private final DeadLetterLog letters;
    private final RedriveDeadLetter redriveDeadLetter;
    private final AskingConfig asking;
    private final ObjectMapper json;
    private final Clock clock;

    AttentionResource(
            FindOrders findOrders,
            InboxLog inbox,
            DeadLetterLog letters,
            RedriveDeadLetter redriveDeadLetter,
            AskingConfig asking,
            ObjectMapper json,
            Clock clock) {
        this.findOrders = findOrders;
        this.inbox = inbox;
        this.letters = letters;
        this.redriveDeadLetter = redriveDeadLetter;
        this.asking = asking;
        this.json = json;
        this.clock = clock;
    }

    @GET
    public Uni<TemplateInstance> all(@Context ContainerRequestContext request, @RestQuery @Nullable String done) {
        Visit visit = Visit.of(request);
        Frame frame = Frame.of(visit, "Needs attention", "attention").after(done);
        InboxLog.Filter parked = new InboxLog.Filter(
                null, Outcome.PARKED, null, null, null, clock.instant().minus(asking.parkedAfter()));
        return findOrders
                .find(IN_REVIEW, visit.actor(), null, MOST + 1)
                .map(Orders.Found::orders)
                .chain(orders -> inbox.find(parked, null, MOST + 1).chain(events -> letters.open(MOST + 1)
                        .map(open -> Pages.attention(
                                frame,
                                new AttentionSight(
                                        orders,
                                        events.stream()
                                                .map(event -> EventSight.of(event, json))
                                                .toList(),
                                        open.stream()
                                                .map(letter -> LetterSight.of(letter, json))
                                                .toList(),
                                        MOST,
                                        asking.parkedAfter())))));
    }

    @POST
    @Form
    @Path("/redrive")
    public Uni<Response> redrive(
            @Context ContainerRequestContext request,
            @RestForm @Nullable String origin,
            @RestForm @Nullable String reason) {
        Visit visit = Visit.of(request);
        return redriveDeadLetter
                .run(origin == null ? "" : origin.replace("\0", ""), visit.actor(), Words.reason(reason))
                .map(found -> {
                    if (found.isEmpty()) {
                        throw new Refused(
                                404, "No such dead letter", "It may have been forgotten; they are kept for a while.");
                    }
                    return Links.see("/console/attention?done=" + Done.REDRIVEN.word());
                });
    }
}
