package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.ReplayEvents;
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
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** One event of the inbox. Its id is a parameter, not a part of the path: strangers chose it. */
@Cancellable(false)
@Path("/console/events")
@Produces(MediaType.TEXT_HTML)
final class EventPageResource {

    private final InboxLog inbox;
    private final ReplayEvents replayEvents;
    private final ObjectMapper json;

    EventPageResource(InboxLog inbox, ReplayEvents replayEvents, ObjectMapper json) {
        this.inbox = inbox;
        this.replayEvents = replayEvents;
        this.json = json;
    }

    @GET
    @Path("/one")
    public Uni<TemplateInstance> one(
            @Context ContainerRequestContext request,
            @RestQuery @Nullable String id,
            @RestQuery @Nullable String source,
            @RestQuery @Nullable String done) {
        Visit visit = Visit.of(request);
        return entry(id, source).chain(entry -> {
            EventSight event = EventSight.of(entry, json);
            Frame frame = Frame.of(visit, "Event " + event.eventId(), "events").after(done);
            return inbox.replays(entry.key()).map(replays -> Pages.event(frame, event, replays));
        });
    }

    /** The exact bytes, as a file that no browser opens by itself. */
    @GET
    @Path("/bytes")
    @Produces(MediaType.APPLICATION_OCTET_STREAM)
    public Uni<Response> bytes(@RestQuery @Nullable String id, @RestQuery @Nullable String source) {
        return entry(id, source).map(entry -> Response.ok(entry.body())
                .header("Content-Disposition", "attachment; filename=\"event.bin\"")
                .build());
    }

    @POST
    @Form
    @Path("/replay-one")
    public Uni<Response> replay(
            @Context ContainerRequestContext request,
            @RestQuery @Nullable String id,
            @RestQuery @Nullable String source,
            @RestForm @Nullable String reason) {
        Visit visit = Visit.of(request);
        String why = Words.reason(reason);
        return entry(id, source).chain(entry -> replayEvents
                .one(entry.eventId(), entry.source(), visit.actor(), why)
                .replaceWith(() -> Links.see(Links.event(entry.key()) + "&done=" + Done.REPLAYED.word())));
    }

    private Uni<InboxLog.Entry> entry(@Nullable String id, @Nullable String source) {
        return inbox.get(id == null ? "" : kept(id), source == null ? null : kept(source))
                .map(found -> found.orElseThrow(() ->
                        new Refused(404, "No such event", "The inbox keeps events for a while, then forgets them.")));
    }

    /** PostgreSQL keeps no such character. */
    private static String kept(String text) {
        return text.replace("\0", "");
    }
}
