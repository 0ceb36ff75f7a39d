package dev.bellhop.gateway.api;

import dev.bellhop.gateway.app.AdvanceClock;
import dev.bellhop.gateway.app.CurrentPlan;
import dev.bellhop.gateway.app.SetClock;
import dev.bellhop.gateway.app.SetClock.Pace;
import dev.bellhop.gateway.app.SetPlan;
import dev.bellhop.gateway.app.SimulatorClock;
import dev.bellhop.gateway.app.SimulatorState;
import dev.bellhop.gateway.domain.NamedPlan;
import dev.bellhop.gateway.domain.Scope;
import dev.bellhop.gateway.domain.TestCard;
import io.smallrye.mutiny.Uni;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jboss.resteasy.reactive.server.Cancellable;
import org.jspecify.annotations.Nullable;

/** The simulator's knobs: cards, fault plan and clock. */
@Cancellable(false)
@Path("/simulator")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
final class SimulatorResource {

    private static final Duration LONGEST_STEP = Duration.ofDays(3660);

    private final SetPlan setPlan;
    private final CurrentPlan plan;
    private final AdvanceClock advanceClock;
    private final SetClock setClock;
    private final SimulatorState state;
    private final Clock clock;

    SimulatorResource(
            SetPlan setPlan,
            CurrentPlan plan,
            AdvanceClock advanceClock,
            SetClock setClock,
            SimulatorState state,
            Clock clock) {
        this.state = state;
        this.setPlan = setPlan;
        this.plan = plan;
        this.advanceClock = advanceClock;
        this.setClock = setClock;
        this.clock = clock;
    }

    /** Test cards are no secret: this needs no key. */
    @GET
    @Path("/cards")
    public Page<CardView> cards(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return Page.of(TestCard.ALL.stream().map(CardView::of).toList(), cursor, limit, CardView::card);
    }

    @GET
    @Path("/plans")
    @Requires(Scope.OPERATOR)
    public Page<PlanView> plans(
            @QueryParam("cursor") @Nullable String cursor, @QueryParam("limit") @Nullable String limit) {
        return Page.of(Arrays.stream(NamedPlan.values()).map(PlanView::of).toList(), cursor, limit, PlanView::plan);
    }

    @GET
    @Path("/plan")
    @Requires(Scope.OPERATOR)
    public Map<String, Object> plan() {
        return Objects.requireNonNullElse(plan.source(), Map.of("rules", List.of()));
    }

    @PUT
    @Path("/plan")
    @Requires(Scope.OPERATOR)
    public Uni<Map<String, Object>> plan(@NotNull Map<String, Object> source) {
        return setPlan.run(source).replaceWith(source);
    }

    @DELETE
    @Path("/plan")
    @Requires(Scope.OPERATOR)
    public Uni<Response> endPlan() {
        return setPlan.run(null).replaceWith(() -> Response.noContent().build());
    }

    /** So that a run can be repeated to the byte: as if nothing had happened yet. */
    @POST
    @Path("/reset")
    @Consumes(MediaType.WILDCARD)
    @Requires(Scope.OPERATOR)
    public Uni<Response> reset() {
        return state.reset().replaceWith(() -> Response.noContent().build());
    }

    @GET
    @Path("/clock")
    @Requires(Scope.OPERATOR)
    public Now now() {
        return new Now(clock.instant());
    }

    @PUT
    @Path("/clock")
    @Requires(Scope.OPERATOR)
    public Uni<Now> set(@NotNull @Valid ClockSetting setting) {
        Instant to = Objects.requireNonNull(PaymentQueryResource.time("now", setting.now()));
        Pace pace = Boolean.FALSE.equals(setting.running()) ? Pace.FROZEN : Pace.RUNNING;
        return setClock.run(to, pace).map(Now::new);
    }

    /** Answers when everything that was due on the way has been done. */
    @POST
    @Path("/clock/advance")
    @Requires(Scope.OPERATOR)
    public Uni<Now> advance(@NotNull @Valid Advance advance) {
        Duration by = duration(advance.by());
        if (clock.instant().plus(by).isAfter(SimulatorClock.END)) {
            throw new BadRequest("invalid_duration", "the simulator's time ends at " + SimulatorClock.END);
        }
        return advanceClock.run(by).map(Now::new);
    }

    private static Duration duration(String text) {
        try {
            Duration by = Duration.parse(text);
            if (!by.isNegative() && by.compareTo(LONGEST_STEP) <= 0) {
                return by;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        throw new BadRequest("invalid_duration", "by is an ISO 8601 duration such as PT72H or P3D, at most ten years");
    }

    record Advance(@NotNull String by) {}

    record ClockSetting(@NotNull String now, @Nullable Boolean running) {}

    record Now(Instant now) {}

    record PlanView(String plan, String summary, @Schema(type = SchemaType.ARRAY) Object rules) {

        static PlanView of(NamedPlan plan) {
            return new PlanView(
                    plan.word(),
                    plan.summary(),
                    Objects.requireNonNull(NamedPlan.rules(plan).get("rules")));
        }
    }

    record CardView(
            String card, String outcome, long magicAmount, @Nullable @Schema(nullable = true) String failureCode) {

        static CardView of(TestCard card) {
            return new CardView(card.number(), card.outcome(), card.magicAmount(), card.failureCode());
        }
    }
}
