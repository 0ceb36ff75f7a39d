package dev.bellhop.order.api;

import dev.bellhop.order.app.Products;
import dev.bellhop.order.app.Products.NoSuchProduct;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.Product;
import dev.bellhop.order.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.validation.constraints.Size;
import jakarta.ws.rs.DELETE;
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
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The catalogue. Everybody with a key may look; who has {@code catalog:write} may change it. */
@Cancellable(false)
@Path("/products")
@Produces(MediaType.APPLICATION_JSON)
final class ProductResource {

    private final Products products;
    private final Creating creating;

    ProductResource(Products products, Creating creating) {
        this.products = products;
        this.creating = creating;
    }

    /** What a client sends. The id may be left out where the path says it. */
    record ProductRequest(
            @Nullable @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String productId,
            @NotNull @Size(min = 1, max = 200) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) String name,
            @NotNull @Positive @Max(Ids.LARGEST_AMOUNT) Long amount,
            @NotNull @PaidIn @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters") String currency) {

        Product called(String id) {
            if (productId != null && !productId.equals(id)) {
                throw new Rejected(400, "product_id_differs", "productId must be the one of the path");
            }
            return new Product(id, name, new Money(amount, currency));
        }
    }

    /** What a client sees. */
    record ProductView(String productId, String name, long amount, String currency) {

        static ProductView of(Product product) {
            return new ProductView(
                    product.productId(),
                    product.name(),
                    product.price().amount(),
                    product.price().currency());
        }
    }

    @GET
    @Requires(Scope.ORDERS_READ)
    public Uni<Page<ProductView>> search(
            @QueryParam("q") @Size(max = 100) @Pattern(regexp = Ids.TEXT, message = Ids.TEXT_MESSAGE) @Nullable
                    String q,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int most = Page.limit(limit);
        String after = cursor == null ? null : Cursors.id(cursor);
        return products.search(q, after, most + 1)
                .map(found -> Page.of(found, most, ProductView::of, Product::productId));
    }

    /** What no product can be called, no product is called. */
    private static String known(String id) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchProduct();
        }
        return id;
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.ORDERS_READ)
    public Uni<ProductView> get(@PathParam("id") String id) {
        return products.get(known(id)).map(ProductView::of);
    }

    @POST
    @Requires(Scope.CATALOG_WRITE)
    @APIResponseSchema(ProductView.class)
    public Uni<Response> add(@Context ContainerRequestContext context, @NotNull @Valid ProductRequest body) {
        String id = body.productId();
        return add(context, "products", body, id == null ? "prd_" + UUID.randomUUID() : id);
    }

    @POST
    @Path("/{id}")
    @Requires(Scope.CATALOG_WRITE)
    @APIResponseSchema(ProductView.class)
    public Uni<Response> addCalled(
            @Context ContainerRequestContext context,
            @PathParam("id") @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String id,
            @NotNull @Valid ProductRequest body) {
        return add(context, "products/" + id, body, id);
    }

    private Uni<Response> add(ContainerRequestContext context, String operation, ProductRequest request, String id) {
        Product product = request.called(id);
        return creating.once(context, operation, request, () -> products.add(product)
                .map(added -> creating.created("/products/" + id, null, ProductView.of(product))));
    }

    @PUT
    @Path("/{id}")
    @Requires(Scope.CATALOG_WRITE)
    @APIResponseSchema(ProductView.class)
    public Uni<Response> put(
            @PathParam("id") @Pattern(regexp = Ids.FORM, message = Ids.MESSAGE) String id,
            @NotNull @Valid ProductRequest body) {
        Product product = body.called(id);
        return products.put(product).map(isNew -> Response.status(isNew ? 201 : 200)
                .entity(ProductView.of(product))
                .build());
    }

    @DELETE
    @Path("/{id}")
    @Requires(Scope.CATALOG_WRITE)
    public Uni<Response> remove(@PathParam("id") String id) {
        return products.remove(known(id)).map(removed -> Response.noContent().build());
    }
}
