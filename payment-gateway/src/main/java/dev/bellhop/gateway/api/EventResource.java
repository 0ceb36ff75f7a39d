package dev.bellhop.gateway.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonRawValue;
import dev.bellhop.gateway.app.Doorbell;
import dev.bellhop.gateway.app.EventLog;
import dev.bellhop.gateway.app.EventLog.DeliveryEntry;
import dev.bellhop.gateway.app.EventLog.Entry;
import dev.bellhop.gateway.app.EventLog.Filter;
import dev.bellhop.gateway.domain.EventType;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The log of what happened and of how it was told. */
@Cancellable(false)
@Path("/events")
@Consumes(MediaType.WILDCARD)
@Produces(MediaType.APPLICATION_JSON)
final class EventResource {

    private final EventLog events;
    private final Clock clock;
    private final Doorbell doorbell;

    EventResource(EventLog events, Clock clock, Doorbell doorbell) {
        this.events = events;
        this.clock = clock;
        this.doorbell = doorbell;
    }

    @GET
    @Requires(Scope.OPERATOR)
    public Uni<Page<EventView>> list(
            @QueryParam("orderId") @Nullable String orderId,
            @QueryParam("paymentId") @Nullable String paymentId,
            @QueryParam("type") @Nullable String type,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int size = Page.limit(limit);
        Filter filter = new Filter(
                orderId,
                paymentId,
                type(type),
                PaymentQueryResource.time("from", from),
                PaymentQueryResource.time("to", to),
                position(cursor));
        return events.list(filter, size + 1)
                .map(found -> Page.of(found, size, EventView::of, last -> String.valueOf(last.position())));
    }

    private static @Nullable EventType type(@Nullable String word) {
        return word == null
                ? null
                : EndpointRequests.events(List.of(word)).iterator().next();
    }

    private static @Nullable Long position(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw new BadRequest("invalid_cursor", "this cursor is not one of ours");
        }
        return Long.parseLong(cursor);
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<EventView> find(@PathParam("id") String id) {
        return events.find(id).map(EventView::of);
    }

    /** Every delivery, oldest first; fewer only to who asks for a limit. */
    @GET
    @Path("/{id}/deliveries")
    @Requires(Scope.OPERATOR)
    public Uni<Page<DeliveryEntry>> deliveries(
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        return events.find(id)
                .chain(event -> events.deliveries(id))
                .map(found -> Page.of(found, cursor, limit, delivery -> String.valueOf(delivery.deliveryId())));
    }

    @POST
    @Path("/{id}/resend")
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(Resent.class)
    public Uni<Response> resend(@PathParam("id") String id, @QueryParam("endpointId") @Nullable String endpointId) {
        return events.find(id)
                .chain(event -> events.resend(id, endpointId, clock.instant()))
                .invoke(doorbell::ring)
                .map(count -> Response.accepted(new Resent(count)).build());
    }

    /** How many deliveries were made anew. */
    record Resent(int deliveries) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record EventView(
            String eventId,
            String event,
            String paymentId,
            String orderId,
            Instant occurredAt,
            @Nullable String traceparent,
            @JsonRawValue @Schema(type = SchemaType.OBJECT) String body) {

        static EventView of(Entry entry) {
            return new EventView(
                    entry.eventId(),
                    entry.type().word(),
                    entry.paymentId(),
                    entry.orderId(),
                    entry.occurredAt(),
                    entry.traceparent(),
                    entry.body());
        }
    }
}
