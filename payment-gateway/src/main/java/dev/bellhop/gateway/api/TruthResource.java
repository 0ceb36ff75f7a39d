package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.Truths;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.Truth;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Objects;
import org.jboss.resteasy.reactive.RestStreamElementType;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What is true, whatever anybody was told. */
@Cancellable(false)
@Path("/simulator/truth")
final class TruthResource {

    private static final String NDJSON = "application/x-ndjson";

    private final Truths truths;

    TruthResource(Truths truths) {
        this.truths = truths;
    }

    /** {@code orderId} picks one order, {@code prefix} those whose id starts so. */
    @GET
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Scope.OPERATOR)
    public Uni<Page<TruthView>> page(
            @QueryParam("orderId") @Nullable String orderId,
            @QueryParam("prefix") @Nullable String prefix,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        int size = Page.limit(limit);
        String start = Objects.requireNonNullElse(orderId != null ? orderId : prefix, "");
        return truths.page(start, Objects.requireNonNullElse(cursor, ""), size + 1)
                .map(found -> found.stream()
                        .filter(truth -> orderId == null || truth.orderId().equals(orderId))
                        .toList())
                .map(wanted -> Page.of(wanted, size, TruthView::of, Truth::orderId));
    }

    /** The whole truth, an order per line. */
    @GET
    @Produces(NDJSON)
    @RestStreamElementType(MediaType.APPLICATION_JSON)
    @Requires(Scope.OPERATOR)
    public Multi<TruthView> stream(@QueryParam("prefix") @Nullable String prefix) {
        return truths.stream(Objects.requireNonNullElse(prefix, "")).map(TruthView::of);
    }

    @GET
    @Path("/summary")
    @Produces(MediaType.APPLICATION_JSON)
    @Requires(Scope.OPERATOR)
    public Uni<Truths.Counts> summary(@QueryParam("prefix") @Nullable String prefix) {
        return truths.counts(Objects.requireNonNullElse(prefix, ""));
    }
}
