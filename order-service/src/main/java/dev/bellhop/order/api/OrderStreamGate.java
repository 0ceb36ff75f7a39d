package dev.bellhop.order.api;

import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.domain.OrderId;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Objects;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/**
 * What has to be said before a stream's first event, while there still is a status to say it with: 404, 503, and 204 to
 * who has it all already (to a browser that means: don't come again).
 */
final class OrderStreamGate {

    private static final String KNOWN = OrderStreamGate.class.getName();

    private final FindOrders findOrders;
    private final OrderFeed feed;
    private final OrderStreamResource.Settings settings;

    OrderStreamGate(FindOrders findOrders, OrderFeed feed, OrderStreamResource.Settings settings) {
        this.findOrders = findOrders;
        this.feed = feed;
        this.settings = settings;
    }

    @ServerRequestFilter(priority = Priorities.USER)
    Uni<@Nullable Response> admit(ContainerRequestContext request, ResourceInfo resource) {
        if (resource.getResourceClass() != OrderStreamResource.class) {
            return Uni.createFrom().nullItem();
        }
        if (feed.watching() >= settings.mostClients()) {
            throw new StreamPlaces.Full(503, "too many clients watch orders here; try again soon");
        }
        OrderId id = OrderResource.orderId(
                String.valueOf(request.getUriInfo().getPathParameters().getFirst("id")));
        long seen = seen(request.getHeaderString("Last-Event-ID"));
        return findOrders.position(id, Authentication.caller(request).actor()).map(position -> {
            // Nobody can have seen what did not happen, unless the database was restored from before: that one begins
            // anew.
            request.setProperty(KNOWN, seen > position.version() ? 0L : seen);
            if (seen == position.version() && position.status().isFinal()) {
                return Response.noContent().build();
            }
            // Whoever asks for the headers alone waits for the end of the answer, and a stream has none.
            return request.getMethod().equals("HEAD")
                    ? Response.ok().type(MediaType.SERVER_SENT_EVENTS).build()
                    : null;
        });
    }

    /** This instance is going: no stream is waited for. */
    void close(@Observes ShutdownDelayInitiatedEvent event) {
        feed.close();
    }

    /** The newest version that the client has; 0 if none. */
    static long known(ContainerRequestContext request) {
        return (Long) Objects.requireNonNull(request.getProperty(KNOWN));
    }

    private static long seen(@Nullable String lastEventId) {
        return lastEventId != null && lastEventId.matches("\\d{1,18}") ? Long.parseLong(lastEventId) : 0;
    }
}
