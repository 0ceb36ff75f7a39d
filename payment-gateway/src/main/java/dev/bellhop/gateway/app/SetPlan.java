package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.FaultPlan;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Puts a fault plan into force, or ends it. */
@Singleton
public final class SetPlan {

    private final SimulatorState state;
    private final CurrentPlan current;
    private final Clock clock;

    SetPlan(SimulatorState state, CurrentPlan current, Clock clock) {
        this.state = state;
        this.current = current;
        this.clock = clock;
    }

    /** Null ends the plan. Fails with {@link FaultPlan.Invalid}. Its counters start at nought. */
    public Uni<Void> run(@Nullable Map<String, Object> source) {
        Instant now = clock.instant();
        return Uni.createFrom()
                .item(() -> source == null ? FaultPlan.NONE : FaultPlan.parse(source))
                .call(plan -> state.savePlan(source, now))
                .invoke(plan -> current.set(plan, source, now))
                .replaceWithVoid();
    }
}
