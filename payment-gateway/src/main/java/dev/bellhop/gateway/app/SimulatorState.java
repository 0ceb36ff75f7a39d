package dev.bellhop.gateway.app;

import dev.bellhop.gateway.app.SimulatorClock.Setting;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Port: what all instances of the simulator share. A change is told to the others. */
public interface SimulatorState {

    Uni<Shared> load();

    Uni<Void> saveClock(Setting setting);

    /** No endpoint is paused any more: pauses end by the clock, which is somewhere else now. */
    Uni<Void> endPauses();

    /** Null ends the plan that is in force. */
    Uni<Void> savePlan(@Nullable Map<String, Object> plan, Instant now);

    /**
     * Forgets all payments and all that happened to them, and how endpoints have been doing. Keys, endpoints, plan and clock
     * stay.
     */
    Uni<Void> reset();

    /**
     * The shared state.
     *
     * @param plan the fault plan as it was sent
     * @param plannedAt when it came into force
     */
    record Shared(Setting clock, @Nullable Map<String, Object> plan, @Nullable Instant plannedAt) {}
}
