package dev.bellhop.order.api;

import dev.bellhop.chassis.Bodies;
import dev.bellhop.order.api.OperatorViews.DeadLetterView;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.RedriveDeadLetter;
import dev.bellhop.order.domain.Rfc3339;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
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
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Records that could not be applied. Each is named by its {@code origin}: {@code topic-partition@offset}. */
@Cancellable(false)
@Path("/dead-letters")
@Produces(MediaType.APPLICATION_JSON)
final class DeadLetterResource {

    private final DeadLetterLog letters;
    private final RedriveDeadLetter redriveDeadLetter;
    private final Bodies bodies;

    DeadLetterResource(DeadLetterLog letters, RedriveDeadLetter redriveDeadLetter, Bodies bodies) {
        this.letters = letters;
        this.redriveDeadLetter = redriveDeadLetter;
        this.bodies = bodies;
    }

    @GET
    @Requires(Scope.OPERATOR)
    public Uni<Page<DeadLetterView>> find(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return letters.find(place(cursor), Page.limit(limit))
                .map(found -> Page.of(
                        found.letters(), found.more(), DeadLetterView::of, last -> last.at() + " " + last.origin()));
    }

    @POST
    @Path("/{origin}/redrive")
    @Requires(Scope.OPERATOR)
    public Uni<DeadLetterView> redrive(
            @Context ContainerRequestContext request, @PathParam("origin") String origin, byte[] body) {
        if (!origin.matches(Ids.TEXT)) {
            throw unknown();
        }
        OrderRequests.Reason why = bodies.optional(request, body, OrderRequests.Reason.class);
        return redriveDeadLetter
                .run(origin, Authentication.caller(request).actor(), why == null ? null : why.reason())
                .map(found -> DeadLetterView.of(found.orElseThrow(DeadLetterResource::unknown)));
    }

    private static Rejected unknown() {
        return new Rejected(404, "dead_letter_not_found", "there is no such dead letter");
    }

    private static DeadLetterLog.@Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = Cursors.text(cursor).split(" ", 2);
        try {
            return new DeadLetterLog.Place(Rfc3339.parse(parts[0]), parts[parts.length - 1]);
        } catch (DateTimeParseException e) {
            throw Cursors.unknown();
        }
    }
}
