package dev.bellhop.order.api;

import dev.bellhop.order.api.OrderViews.ChangeView;
import dev.bellhop.order.api.OrderViews.OrderView;
import dev.bellhop.order.api.OrderViews.StatusView;
import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.Orders;
import dev.bellhop.order.app.Orders.NoSuchOrder;
import dev.bellhop.order.app.PlaceOrder;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Rfc3339;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Orders are placed and asked about here; {@link OrderMoveResource} moves them. */
@Cancellable(false)
@Path("/orders")
@Produces(MediaType.APPLICATION_JSON)
final class OrderResource {

    private final PlaceOrder placeOrder;
    private final FindOrders findOrders;
    private final Creating creating;

    OrderResource(PlaceOrder placeOrder, FindOrders findOrders, Creating creating) {
        this.placeOrder = placeOrder;
        this.findOrders = findOrders;
        this.creating = creating;
    }

    @POST
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(OrderView.class)
    public Uni<Response> place(@Context ContainerRequestContext request, @NotNull @Valid OrderRequests.Place body) {
        Actor actor = Authentication.caller(request).actor();
        String traceId = Traces.id();
        return creating.once(request, "orders", body, () -> {
            OrderId id = body.orderId() == null ? null : new OrderId(body.orderId());
            PlaceOrder.Command command = new PlaceOrder.Command(id, body.customerId(), body.currency(), body.wanted());
            return placeOrder
                    .run(command, actor, traceId)
                    .map(order ->
                            creating.created("/orders/" + order.id(), ETags.of(order.version()), OrderView.of(order)));
        });
    }

    @GET
    @Requires(Scope.ORDERS_READ)
    public Uni<Page<OrderView>> find(
            @Context ContainerRequestContext request,
            @QueryParam("customerId") @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable
                    String customerId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("q") @Size(max = 64) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable String q,
            @QueryParam("createdFrom") @Nullable String createdFrom,
            @QueryParam("createdTo") @Nullable String createdTo,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Actor actor = Authentication.caller(request).actor();
        Orders.Filter filter = new Orders.Filter(
                customerId, status(status), q, instant("createdFrom", createdFrom), instant("createdTo", createdTo));
        return findOrders.find(filter, actor, place(cursor), Page.limit(limit)).map(OrderResource::page);
    }

    static @Nullable OrderStatus status(@Nullable String word) {
        if (word == null) {
            return null;
        }
        OrderStatus status = OrderStatus.find(word);
        if (status == null) {
            throw new Rejected("unknown_status", "there is no such status");
        }
        return status;
    }

    static @Nullable Instant instant(String name, @Nullable String text) {
        try {
            return text == null ? null : Rfc3339.parse(text);
        } catch (DateTimeParseException e) {
            throw new Rejected("invalid_time", name + " is an RFC 3339 time in UTC, as 2026-01-31T12:00:00Z");
        }
    }

    static Orders.@Nullable Place place(@Nullable String cursor) {
        if (cursor == null) {
            return null;
        }
        String[] parts = Cursors.text(cursor).split(" ", 2);
        try {
            if (parts.length == 2 && OrderId.isValid(parts[1])) {
                return new Orders.Place(Rfc3339.parse(parts[0]), parts[1]);
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw Cursors.unknown();
    }

    static Page<OrderView> page(Orders.Found found) {
        Orders.Place next = found.next();
        return new Page<>(
                found.orders().stream().map(OrderView::of).toList(),
                next == null ? null : Cursors.of(next.createdAt() + " " + next.orderId()));
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.ORDERS_READ)
    @APIResponseSchema(OrderView.class)
    public Uni<Response> get(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-None-Match") List<String> known) {
        Actor actor = Authentication.caller(request).actor();
        OrderId orderId = orderId(id);
        if (known.isEmpty()) {
            return whole(orderId, actor);
        }
        // A client that has the order already costs one index look-up.
        return findOrders
                .position(orderId, actor)
                .chain(position -> ETags.matchesWeakly(ETags.list(known), position.version())
                        ? Uni.createFrom().item(notModified(position.version()))
                        : whole(orderId, actor));
    }

    private Uni<Response> whole(OrderId id, Actor actor) {
        return findOrders.get(id, actor).map(OrderResource::response);
    }

    static Response response(Order order) {
        return Response.ok(OrderView.of(order))
                .header("ETag", ETags.of(order.version()))
                .build();
    }

    private static Response notModified(long version) {
        return Response.notModified().header("ETag", ETags.of(version)).build();
    }

    @GET
    @Path("/{id}/status")
    @Requires(Scope.ORDERS_READ)
    @APIResponseSchema(StatusView.class)
    public Uni<Response> status(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @HeaderParam("If-None-Match") List<String> known) {
        Actor actor = Authentication.caller(request).actor();
        return findOrders.position(orderId(id), actor).map(position -> {
            if (ETags.matchesWeakly(ETags.list(known), position.version())) {
                return notModified(position.version());
            }
            return Response.ok(new StatusView(id, position.status().word()))
                    .header("ETag", ETags.of(position.version()))
                    .build();
        });
    }

    /** Every change, oldest first; in parts to who asks for a limit, or if they are a thousand. */
    @GET
    @Path("/{id}/history")
    @Requires(Scope.ORDERS_READ)
    public Uni<Page<ChangeView>> history(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Actor actor = Authentication.caller(request).actor();
        int most = limit == null ? FindOrders.MOST_CHANGES : Page.limit(limit);
        long after = cursor == null ? 0 : Cursors.version(cursor);
        return findOrders
                .history(orderId(id), actor, after, most + 1)
                .map(found -> Page.of(found, most, ChangeView::of, last -> String.valueOf(last.version())));
    }

    /** What no order can be called, no order is called. */
    static OrderId orderId(String id) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchOrder();
        }
        return new OrderId(id);
    }
}
