package dev.bellhop.order.api;

import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.app.OrderFeed.News;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Caller;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Scope;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Flow;
import org.jboss.resteasy.reactive.ResponseHeader;
import org.jboss.resteasy.reactive.server.Cancellable;

/**
 * An order's changes as Server-Sent Events: the current state at once, then each change, until the order is final, the key or
 * token is not good any more, or this instance is going. The event id is the order's version: {@code Last-Event-ID} resumes
 * behind it, at any instance.
 */
@Cancellable(false)
@Path("/orders/{id}/stream")
final class OrderStreamResource {

    private final FindOrders findOrders;
    private final OrderFeed feed;
    private final StreamPlaces places;

    OrderStreamResource(FindOrders findOrders, OrderFeed feed, StreamPlaces places) {
        this.findOrders = findOrders;
        this.feed = feed;
        this.places = places;
    }

    /** Settings. */
    @ConfigMapping(prefix = "orders.stream")
    interface Settings {

        /** How many may watch at one instance; more are told to come back. */
        @WithDefault("10000")
        int mostClients();

        /** How many of them by one key, or as one owner of access tokens. */
        @WithDefault("2500")
        int mostClientsPerKey();

        /** How often a silent stream shows that it is alive, and the database is looked into. */
        @WithDefault("15s")
        Duration heartbeat();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @ResponseHeader(name = "Cache-Control", value = "no-cache")
    @ResponseHeader(name = "X-Accel-Buffering", value = "no")
    @Requires(Scope.ORDERS_READ)
    public Multi<OutboundSseEvent> stream(
            @Context ContainerRequestContext request, @Context Sse sse, @PathParam("id") String id) {
        Caller caller = Authentication.caller(request);
        OrderId orderId = OrderResource.orderId(id);
        long known = OrderStreamGate.known(request);
        places.mustHaveOne(caller.keyId());
        return watch(orderId, caller, Authentication.bearer(request), known).map(signal -> event(sse, signal));
    }

    private Multi<OrderStream.Signal> watch(OrderId id, Caller caller, String bearer, long known) {
        return Multi.createFrom().publisher((Flow.Publisher<OrderStream.Signal>) client -> {
            OrderStream[] self = new OrderStream[1];
            OrderStream stream = new OrderStream(client, bearer, caller.actor(), known, () -> {
                feed.leave(id, self[0]);
                places.leave(caller.keyId());
            });
            self[0] = stream;
            // Not before: whoever has hung up by now does not come here, and would never leave.
            places.take(caller.keyId());
            feed.watch(id, stream);
            client.onSubscribe(stream);
            var unused = beginning(id, caller.actor(), known).subscribe().with(stream::begin, stream::fail);
        });
    }

    /** For a newcomer the current state; for one that comes back what it missed. */
    private Uni<? extends Collection<News>> beginning(OrderId id, Actor actor, long known) {
        if (known == 0) {
            return findOrders
                    .position(id, actor)
                    .map(position -> List.of(new News(id, position.version(), position.status(), null)));
        }
        return findOrders.missed(id, actor, known);
    }

    private static OutboundSseEvent event(Sse sse, OrderStream.Signal signal) {
        News news = signal.news();
        if (news == null) {
            return sse.newEventBuilder().comment("alive").build();
        }
        return sse.newEventBuilder()
                .id(String.valueOf(news.version()))
                .name("status")
                .mediaType(MediaType.APPLICATION_JSON_TYPE)
                .data(OrderViews.StateView.of(news))
                .build();
    }
}
