package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.Ids;
import dev.bellhop.gateway.app.NotFound;
import dev.bellhop.gateway.app.RunLoad;
import dev.bellhop.gateway.app.RunLoad.Load;
import dev.bellhop.gateway.app.Truths;
import dev.bellhop.gateway.domain.Currencies;
import dev.bellhop.gateway.domain.Scope;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Positive;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponseSchema;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** Many payments at a given rate, to see how a receiver bears it. */
@Cancellable(false)
@Path("/simulator/load")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class LoadResource {

    private static final Logger LOG = Logger.getLogger(LoadResource.class);

    private final RunLoad runLoad;
    private final Truths truths;
    private final Ids ids;
    private final Map<String, Load> loads = new ConcurrentHashMap<>();

    LoadResource(RunLoad runLoad, Truths truths, Ids ids) {
        this.runLoad = runLoad;
        this.truths = truths;
        this.ids = ids;
    }

    @POST
    @Requires(Scope.OPERATOR)
    @APIResponseSchema(Started.class)
    public Response start(@Context ContainerRequestContext request, @NotNull @Valid LoadRequest body) {
        String currency = Objects.requireNonNullElse(body.currency(), "USD");
        if (!Currencies.exists(currency)) {
            throw new BadRequest(422, "unknown_currency", "there is no currency " + currency);
        }
        String id = ids.next("load");
        Load load = new Load(
                Objects.requireNonNullElse(body.orderPrefix(), id + "-"),
                Calls.caller(request).owner(),
                body.payments(),
                body.ratePerSecond(),
                Objects.requireNonNullElse(body.amount(), 999L),
                currency);
        loads.put(id, load);
        // Goes on after the answer; who asked looks at its progress.
        var unused = runLoad.run(load)
                .subscribe()
                .with(
                        done -> LOG.infof("load made loadId=%s payments=%d", id, load.made()),
                        failure -> LOG.errorf(failure, "load failed loadId=%s", id));
        return Response.accepted(new Started(id, load.prefix(), load.payments()))
                .location(URI.create("/simulator/load/" + id))
                .build();
    }

    @GET
    @Path("/{id}")
    @Requires(Scope.OPERATOR)
    public Uni<Progress> progress(@PathParam("id") String id) {
        Load load = loads.get(id);
        if (load == null) {
            return Uni.createFrom().failure(new NotFound("load", id));
        }
        return truths.counts(load.prefix()).map(counts -> new Progress(id, load.payments(), load.made(), counts));
    }

    record LoadRequest(
            @NotNull @Positive @Max(5_000_000) Integer payments,
            @NotNull @Positive @Max(50_000) Integer ratePerSecond,
            @Nullable @Pattern(regexp = "[\\x21-\\x7e]{1,64}", message = "must be 1 to 64 visible ASCII characters")
                    String orderPrefix,
            @Nullable @Positive @Max(PaymentRequests.LARGEST_AMOUNT) Long amount,
            @Nullable @Pattern(regexp = "[A-Z]{3}", message = "must be three capital letters") String currency) {}

    record Started(String loadId, String orderPrefix, int payments) {}

    record Progress(String loadId, int payments, int made, Truths.Counts counts) {}
}
