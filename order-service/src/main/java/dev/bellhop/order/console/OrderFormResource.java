package dev.bellhop.order.console;

import dev.bellhop.order.app.MoveOrder;
import dev.bellhop.order.app.Orders.NoSuchOrder;
import dev.bellhop.order.app.ResolveReview;
import dev.bellhop.order.app.ResolveReview.Decision;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.OrderId;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** What an operator does with an order: the use cases, checks and history of the API. */
@Cancellable(false)
@Path("/console/orders/{id}")
final class OrderFormResource {

    /** What the API offers too; the rest is not an operator's to ask for. */
    private static final List<Move> MOVES = List.of(Move.SHIP, Move.DELIVER, Move.CANCEL);

    private final MoveOrder moveOrder;
    private final ResolveReview resolveReview;

    OrderFormResource(MoveOrder moveOrder, ResolveReview resolveReview) {
        this.moveOrder = moveOrder;
        this.resolveReview = resolveReview;
    }

    @POST
    @Form
    @Path("/move")
    public Uni<Response> move(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RestForm @Nullable String version,
            @RestForm @Nullable String move,
            @RestForm @Nullable String reason) {
        Visit visit = Visit.of(request);
        return moveOrder
                .run(
                        orderId(id),
                        visit.actor(),
                        meant(version),
                        choice(MOVES, move),
                        Words.orNull(reason),
                        visit.traceId())
                .replaceWith(() -> done(id, Done.MOVED));
    }

    @POST
    @Form
    @Path("/review")
    public Uni<Response> resolve(
            @Context ContainerRequestContext request,
            @PathParam("id") String id,
            @RestForm @Nullable String version,
            @RestForm @Nullable String decision,
            @RestForm @Nullable String reason) {
        Visit visit = Visit.of(request);
        Decision decided = choice(List.of(Decision.values()), decision);
        return resolveReview
                .run(orderId(id), visit.actor(), meant(version), decided, Words.reason(reason), visit.traceId())
                .replaceWith(() -> done(id, decided == Decision.REFUND ? Done.REFUNDING : Done.RESOLVED));
    }

    private static LongPredicate meant(@Nullable String version) {
        return current -> version == null || version.equals(Long.toString(current));
    }

    private static Response done(String id, Done done) {
        return Links.see(Links.order(id) + "?done=" + done.word());
    }

    static OrderId orderId(String id) {
        if (!OrderId.isValid(id)) {
            throw new NoSuchOrder();
        }
        return new OrderId(id);
    }

    private static <E extends Enum<E>> E choice(List<E> choices, @Nullable String word) {
        return choices.stream()
                .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new Refused(400, "Choose what to do", "Nothing was done."));
    }
}
