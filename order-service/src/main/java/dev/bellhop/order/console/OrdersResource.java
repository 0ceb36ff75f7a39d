package dev.bellhop.order.console;

import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.domain.OrderStatus;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.jboss.resteasy.reactive.server.Cancellable;

/** The orders, to search. */
@Cancellable(false)
@Path("/console/orders")
@Produces(MediaType.TEXT_HTML)
final class OrdersResource {

    private static final int PER_PAGE = 50;
    private static final List<OrderStatus> STATUSES = List.of(OrderStatus.values());

    private final FindOrders findOrders;

    OrdersResource(FindOrders findOrders) {
        this.findOrders = findOrders;
    }

    @GET
    public Uni<TemplateInstance> all(@Context ContainerRequestContext request, @BeanParam OrderSearch search) {
        Visit visit = Visit.of(request);
        Frame frame = Frame.of(visit, "Orders", "orders");
        return findOrders
                .find(search.filter(), visit.actor(), search.place(), PER_PAGE)
                .map(found -> Pages.orders(
                        frame,
                        search,
                        found.orders(),
                        STATUSES,
                        found.next() == null ? null : search.older(found.next())));
    }
}
