package dev.bellhop.gateway.app;

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
        return state.load()
                .invoke(shared -> {
                    clock.set(shared.clock());
                    plan.follow(shared.plan(), shared.plannedAt());
                })
                .replaceWithVoid();
    }
}
