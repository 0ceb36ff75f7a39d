package dev.bellhop.order.api;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.bellhop.chassis.Bodies;
import dev.bellhop.order.api.OperatorViews.EventDetailView;
import dev.bellhop.order.api.OperatorViews.EventView;
import dev.bellhop.order.api.OperatorViews.ReplayView;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.ReplayEvents;
import dev.bellhop.order.domain.Outcome;
import dev.bellhop.order.domain.Rfc3339;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The inbox as a searchable log, and replays of what is in it. */
@Cancellable(false)
@Path("/webhook-events")
@Produces(MediaType.APPLICATION_JSON)
final class WebhookEventResource {

    /** Of a month of events nobody needs the last one counted. */
    private static final long MOST_COUNTED = 1_000_000;

    private static final InboxLog.Filter EVERYTHING = new InboxLog.Filter(null, null, null, null, null, null);

    private final InboxLog inbox;
    private final ReplayEvents replayEvents;
    private final Bodies bodies;

    WebhookEventResource(InboxLog inbox, ReplayEvents replayEvents, Bodies bodies) {
        this.inbox = inbox;
        this.replayEvents = replayEvents;
        this.bodies = bodies;
    }

    /**
     * Which events to replay: at least one of the first six is said.
     *
     * @param from RFC 3339, as {@code to}
     * @param dryRun only count them
     * @param perSecond how many at most; null for as fast as it goes
     * @param reason why, for the log of replays
     */
    record ReplayRequest(
            @Nullable @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String source,
            @Nullable String status,
            @Nullable @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String type,
            @Nullable @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String orderId,
            @Nullable String from,
            @Nullable String to,
            @Nullable @Size(max = 2_000) String cursor,
            @JsonDeserialize(using = Flag.class) boolean dryRun,
            @Nullable @Min(1) @Max(1_000) Integer perSecond,
            @Nullable @Size(max = 500) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String reason) {

        /** All events are nobody's wish: whoever means them says since when. */
        InboxLog.Filter filter() {
            InboxLog.Filter filter = new InboxLog.Filter(
                    source,
                    outcome(status),
                    type,
                    orderId,
                    OrderResource.instant("from", from),
                    OrderResource.instant("to", to));
            if (!dryRun && filter.equals(EVERYTHING)) {
                throw new Rejected("nothing_selected", "say source, status, type, orderId, from or to");
            }
            return filter;
        }
    }

    /**
     * How many events fit, and what became of each unless it was a dry run.
     *
     * @param nextCursor {@code cursor} of the call that replays the next ones that fit; null if there are none
     */
    record ReplaysView(
            long count, boolean dryRun, List<ReplayView> data, @Nullable @Schema(nullable = true) String nextCursor) {}

    @GET
    @Requires(Scope.OPERATOR)
    public Uni<Page<EventView>> find(
            @QueryParam("source") @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable
                    String source,
            @QueryParam("status") @Nullable String status,
            @QueryParam("type") @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable
                    String type,
            @QueryParam("orderId") @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable
                    String orderId,
            @QueryParam("from") @Nullable String from,
            @QueryParam("to") @Nullable String to,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        InboxLog.Filter filter = new InboxLog.Filter(
                source,
                outcome(status),
                type,
                orderId,
                OrderResource.instant("from", from),
                OrderResource.instant("to", to));
        int most = Page.limit(limit);
        return inbox.find(filter, place(cursor), most + 1)
                .map(found -> Page.of(found, most, EventView::of, WebhookEventResource::place));
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<EventDetailView> one(@PathParam("id") String id, @QueryParam("source") @Nullable String source) {
        return inbox.get(known(id), source == null ? null : known(source)).chain(found -> {
            InboxLog.Entry entry = found.orElseThrow(WebhookEventResource::unknown);
            return inbox.replays(entry.key()).map(replays -> EventDetailView.of(entry, replays));
        });
    }

    @POST
    @Path("/{id}/replay")
    @Requires(Scope.OPERATOR)
    public Uni<ReplayView> replay(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("source") @Nullable String source,
            byte[] body) {
        OrderRequests.Reason why = bodies.optional(request, body, OrderRequests.Reason.class);
        return replayEvents
                .one(
                        known(id),
                        source == null ? null : known(source),
                        Authentication.caller(request).actor(),
                        why == null ? null : why.reason())
                .map(replay -> ReplayView.of(replay.orElseThrow(WebhookEventResource::unknown)));
    }

    /** {@link ReplayEvents#MOST} at most; a dry run counts a million. */
    @POST
    @Path("/replay")
    @Requires(Scope.OPERATOR)
    public Uni<ReplaysView> replayMany(@Context ContainerRequestContext request, @NotNull @Valid ReplayRequest body) {
        InboxLog.Filter filter = body.filter();
        if (body.dryRun()) {
            return inbox.count(filter, MOST_COUNTED).map(count -> new ReplaysView(count, true, List.of(), null));
        }
        return replayEvents
                .many(
                        filter,
                        place(body.cursor()),
                        Authentication.caller(request).actor(),
                        body.reason(),
                        body.perSecond())
                .map(replayed -> new ReplaysView(
                        replayed.replays().size(),
                        false,
                        replayed.replays().stream().map(ReplayView::of).toList(),
                        replayed.last() == null ? null : Cursors.of(place(replayed.last()))));
    }

    /** No event has an id or a source that PostgreSQL could not keep. */
    private static String known(String name) {
        if (!name.matches(Ids.TEXT)) {
            throw unknown();
        }
        return name;
    }

    private static Rejected unknown() {
        return new Rejected(404, "event_not_found", "there is no such event");
    }

    private static @Nullable Outcome outcome(@Nullable String word) {
        if (word == null) {
            return null;
        }
        return Arrays.stream(Outcome.values())
                .filter(outcome -> outcome.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new Rejected("unknown_status", "there is no such status"));
    }

    private static InboxLog.@Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = Cursors.text(cursor).split(" ", 3);
        try {
            if (parts.length == 3) {
                return new InboxLog.Place(Rfc3339.parse(parts[0]), parts[1], parts[2]);
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw Cursors.unknown();
    }

    private static String place(InboxLog.Entry entry) {
        return place(new InboxLog.Place(entry.receivedAt(), entry.source(), entry.eventId()));
    }

    private static String place(InboxLog.Place place) {
        return place.receivedAt() + " " + place.source() + " " + place.eventId();
    }
}
