package dev.bellhop.order.api;

import dev.bellhop.order.app.Customers;
import dev.bellhop.order.app.Customers.NoSuchCustomer;
import dev.bellhop.order.app.FindOrders;
import dev.bellhop.order.app.Orders;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Customer;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Email;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** A client's own customers. Those of others do not exist for it. */
@Cancellable(false)
@Path("/customers")
@Produces(MediaType.APPLICATION_JSON)
final class CustomerResource {

    private final Customers customers;

    private final FindOrders findOrders;
    private final Creating creating;

    CustomerResource(Customers customers, FindOrders findOrders, Creating creating) {
        this.customers = customers;
        this.findOrders = findOrders;
        this.creating = creating;
    }

    /** What a client sends. */
    record CustomerRequest(
            @Nullable @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String customerId,
            @NotNull @Size(min = 1, max = 200) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String name,
            @Nullable @Email @Size(max = 254) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String email) {

        Customer called(String id) {
            if (customerId != null && !customerId.equals(id)) {
                throw new Rejected(400, "customer_id_differs", "customerId must be the one of the path");
            }
            return new Customer(id, name, email);
        }
    }

    /** What a client gets. */
    record CustomerView(String customerId, String name, @Nullable @Schema(nullable = true) String email) {

        static CustomerView of(Customer customer) {
            return new CustomerView(customer.customerId(), customer.name(), customer.email());
        }
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.ORDERS_READ)
    public Uni<CustomerView> get(@Context ContainerRequestContext request, @PathParam("id") String id) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchCustomer();
        }
        return customers.get(Authentication.caller(request).owner(), id).map(CustomerView::of);
    }

    /** Order history: newest first. The customer need not be kept here. */
    @GET
    @Path("/{id}/orders")
    @Requires(Scope.ORDERS_READ)
    public Uni<Page<OrderViews.OrderView>> orders(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @QueryParam("status") @Nullable String status,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchCustomer();
        }
        Actor actor = Authentication.caller(request).actor();
        Orders.Filter filter = new Orders.Filter(id, OrderResource.status(status), null, null, null);
        return findOrders
                .find(filter, actor, OrderResource.place(cursor), Page.limit(limit))
                .map(OrderResource::page);
    }

    @POST
    @Path("/{id}")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(CustomerView.class)
    public Uni<Response> add(
            @Context ContainerRequestContext request,
            @PathParam("id") @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String id,
            @NotNull @Valid CustomerRequest body) {
        Customer customer = body.called(id);
        return creating.once(request, "customers/" + id, body, () -> customers
                .add(Authentication.caller(request).owner(), customer)
                .map(added -> creating.created("/customers/" + id, null, CustomerView.of(customer))));
    }

    @PUT
    @Path("/{id}")
    @Requires(Scope.ORDERS_WRITE)
    @APIResponseSchema(CustomerView.class)
    public Uni<Response> put(
            @Context ContainerRequestContext request,
            @PathParam("id") @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String id,
            @NotNull @Valid CustomerRequest body) {
        Customer customer = body.called(id);
        return customers.put(Authentication.caller(request).owner(), customer).map(isNew -> Response.status(
                        isNew ? 201 : 200)
                .entity(CustomerView.of(customer))
                .build());
    }
}
