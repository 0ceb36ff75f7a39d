package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.FaultPlan;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;

/** Takes over the clock and the plan that the instances share: at start, and when another instance has changed them. */
@Singleton
public final class FollowSimulator {

    private final SimulatorState state;
    private final SimulatorClock clock;
    private final CurrentPlan plan;

    FollowSimulator(SimulatorState state, SimulatorClock clock, CurrentPlan plan) {
        this.state = state;
        this.clock = clock;
        this.plan = plan;
    }

    public Uni<Void> run() {
        return state.load().invoke(this::takeOver).replaceWithVoid();
    }

    /** Fails with {@link FaultPlan.Invalid} where the plan is one of a later version; the clock is taken over even so. */
    public void takeOver(SimulatorState.Shared shared) {
        clock.set(shared.clock());
        plan.follow(shared.plan(), shared.plannedAt());
    }
}
