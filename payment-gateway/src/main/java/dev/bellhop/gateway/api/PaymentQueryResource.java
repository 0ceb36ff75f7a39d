package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.Payments;
import dev.bellhop.gateway.app.Payments.Filter;
import dev.bellhop.gateway.app.Payments.Place;
import dev.bellhop.gateway.app.StatusQueries;
import dev.bellhop.gateway.domain.Caller;
import dev.bellhop.gateway.domain.Payment;
import dev.bellhop.gateway.domain.PaymentStatus;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.ClientErrorException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.ResponseBuilder;
import org.jboss.resteasy.reactive.RestResponse.Status;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** How payments stand. */
@Cancellable(false)
@Path("/payments")
@Produces(MediaType.APPLICATION_JSON)
final class PaymentQueryResource {

    private final Payments payments;
    private final StatusQueries statusQueries;
    private final Weather weather;
    private final Links links;

    PaymentQueryResource(Payments payments, StatusQueries statusQueries, Weather weather, Links links) {
        this.statusQueries = statusQueries;
        this.weather = weather;
        this.payments = payments;
        this.links = links;
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.PAYMENTS_READ)
    @Operation("find")
    public Uni<RestResponse<PaymentView>> find(
            @Context ContainerRequestContext request, @Context Request conditions, @PathParam("id") String id) {
        Caller caller = Calls.caller(request);
        return payments.find(id)
                .invoke(payment -> {
                    if (!caller.sees(payment.owner())) {
                        throw new NotFound("payment", id);
                    }
                })
                .call(payment -> statusQueries.count(payment.orderId()))
                .map(payment -> weather.shown(request, payment))
                .map(payment -> answer(request, conditions, tag(payment), PaymentView.of(payment, links)));
    }

    private static EntityTag tag(Payment payment) {
        return new EntityTag(payment.id() + "." + payment.version());
    }

    /** The one behind the page counts as well: it says whether another page follows. */
    private static EntityTag tag(List<Payment> found) {
        String all = found.stream().map(payment -> tag(payment).getValue()).collect(Collectors.joining(","));
        return new EntityTag(
                UUID.nameUUIDFromBytes(all.getBytes(StandardCharsets.UTF_8)).toString());
    }

    private static <T> RestResponse<T> answer(
            ContainerRequestContext request, Request conditions, EntityTag tag, T view) {
        String known = request.getHeaderString("If-None-Match");
        if (known != null && names(known, tag)) {
            return ResponseBuilder.<T>create(Status.NOT_MODIFIED).tag(tag).build();
        }
        if (known == null && conditions.evaluatePreconditions(tag) != null) {
            throw new ClientErrorException(Response.Status.PRECONDITION_FAILED);
        }
        return ResponseBuilder.ok(view).tag(tag).build();
    }

    /** Compares weakly, for proxies may weaken a tag (RFC 9110, section 8.8.3.2). */
    private static boolean names(String ifNoneMatch, EntityTag tag) {
        String strong = "\"" + tag.getValue() + "\"";
        return Arrays.stream(ifNoneMatch.split(",", -1))
                .map(String::strip)
                .anyMatch(each -> each.equals("*") || each.equals(strong) || each.equals("W/" + strong));
    }

    @GET
    @Requires(Scope.PAYMENTS_READ)
    @Operation("list")
    public Uni<RestResponse<Page<PaymentView>>> list(
            @Context ContainerRequestContext request,
            @Context Request conditions,
            @QueryParam("orderId") @Nullable String orderId,
            @QueryParam("status") @Nullable String status,
            @QueryParam("updatedSince") @Nullable String updatedSince,
            @QueryParam("cursor") @Nullable String cursor,
            @QueryParam("limit") @Nullable String limit) {
        Caller caller = Calls.caller(request);
        int size = Page.limit(limit);
        Filter filter = new Filter(
                caller.may(Scope.OPERATOR) ? null : caller.owner(),
                orderId,
                statuses(status),
                time("updatedSince", updatedSince),
                PaymentCursor.parse(cursor));
        return payments.list(filter, size + 1)
                .call(found -> orderId == null ? Uni.createFrom().voidItem() : statusQueries.count(orderId))
                .map(found -> {
                    List<Payment> shown = found.stream()
                            .map(payment -> weather.shown(request, payment))
                            .toList();
                    return answer(request, conditions, tag(shown), page(found, shown, size));
                });
    }

    /** The cursor leads on from where payments are, whatever they are shown as. */
    private Page<PaymentView> page(List<Payment> found, List<Payment> shown, int size) {
        String next = null;
        if (found.size() > size) {
            Payment last = found.get(size - 1);
            next = PaymentCursor.of(new Place(last.updatedAt(), last.id()));
        }
        return new Page<>(
                shown.stream()
                        .limit(size)
                        .map(payment -> PaymentView.of(payment, links))
                        .toList(),
                next);
    }

    private static Set<PaymentStatus> statuses(@Nullable String word) {
        if (word == null) {
            return Set.of();
        }
        Set<PaymentStatus> statuses = Arrays.stream(PaymentStatus.values())
                .filter(status -> status.word().equals(word))
                .collect(Collectors.toSet());
        if (statuses.isEmpty()) {
            throw new BadRequest("invalid_status", "no payment has the status that was asked for");
        }
        return statuses;
    }

    static @Nullable Instant time(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime time = OffsetDateTime.parse(text);
            int year = time.withOffsetSameInstant(ZoneOffset.UTC).getYear();
            if (year >= 0 && year <= 9999) {
                return time.toInstant();
            }
        } catch (DateTimeException e) {
            // told below
        }
        throw new BadRequest("invalid_time", name + " is an RFC 3339 time");
    }
}
