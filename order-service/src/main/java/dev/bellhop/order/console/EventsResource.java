package dev.bellhop.order.console;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.ReplayEvents;
import dev.bellhop.order.domain.Outcome;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The inbox, to search; and many of its events to be replayed, counted first. */
@Cancellable(false)
@Path("/console/events")
@Produces(MediaType.TEXT_HTML)
final class EventsResource {

    private static final int PER_PAGE = 50;
    private static final long MOST_COUNTED = 10_000;
    private static final List<Outcome> OUTCOMES = List.of(Outcome.values());

    private final InboxLog inbox;
    private final ReplayEvents replayEvents;
    private final ObjectMapper json;
    private final Clock clock;

    EventsResource(InboxLog inbox, ReplayEvents replayEvents, ObjectMapper json, Clock clock) {
        this.inbox = inbox;
        this.replayEvents = replayEvents;
        this.json = json;
        this.clock = clock;
    }

    @GET
    public Uni<TemplateInstance> all(@Context ContainerRequestContext request, @BeanParam EventSearch search) {
        Frame frame = Frame.of(Visit.of(request), "Events", "events");
        return inbox.find(search.filter(), search.place(), PER_PAGE + 1).map(found -> {
            List<InboxLog.Entry> shown = found.subList(0, Math.min(found.size(), PER_PAGE));
            String older = found.size() > PER_PAGE ? search.older(shown.get(PER_PAGE - 1)) : null;
            List<EventSight> events =
                    shown.stream().map(entry -> EventSight.of(entry, json)).toList();
            return Pages.events(frame, search, events, OUTCOMES, older);
        });
    }

    /** The dry run: how many events there are now. */
    @GET
    @Path("/replay")
    public Uni<TemplateInstance> count(@Context ContainerRequestContext request, @BeanParam EventSearch search) {
        Frame frame = Frame.of(Visit.of(request), "Replay events", "events");
        EventSearch counted = search.until(clock.instant());
        return inbox.count(counted.filter(), MOST_COUNTED + 1)
                .map(count -> Pages.replay(
                        frame,
                        counted,
                        count,
                        count > MOST_COUNTED ? "More than " + Shown.grouped(MOST_COUNTED) : Shown.grouped(count),
                        ReplayEvents.MOST));
    }

    /** Leads to a page of its own, so that neither a reload nor the way back replays again. */
    @POST
    @Form
    @Path("/replay")
    public Uni<Response> replay(
            @Context ContainerRequestContext request,
            @BeanParam EventSearch search,
            @RestForm @Nullable String reason,
            @RestForm @Nullable String perSecond) {
        Instant begin = clock.instant();
        return replayEvents
                .many(
                        search.filter(),
                        null,
                        Visit.of(request).actor(),
                        Words.reason(reason),
                        Words.perSecond(perSecond))
                .map(replays -> Links.see(Links.replayed(begin, clock.instant())));
    }

    /** What this operator replayed between two instants. */
    @GET
    @Path("/replayed")
    public Uni<TemplateInstance> replayed(
            @Context ContainerRequestContext request,
            @RestQuery @Nullable String from,
            @RestQuery @Nullable String to) {
        Visit visit = Visit.of(request);
        Frame frame = Frame.of(visit, "Events replayed", "events");
        Instant begin = Words.instant(from);
        Instant end = Words.instant(to);
        if (begin == null || end == null) {
            throw new Refused(404, "No such replay", "The address says from when to when.");
        }
        return inbox.replays(visit.actor().owner(), begin, end, ReplayEvents.MOST)
                .map(replays -> Pages.replayed(frame, replays, byOutcome(replays)));
    }

    private static Map<String, Long> byOutcome(List<InboxLog.Replay> replays) {
        return replays.stream()
                .collect(Collectors.groupingBy(replay -> replay.outcome().word(), TreeMap::new, Collectors.counting()));
    }
}
