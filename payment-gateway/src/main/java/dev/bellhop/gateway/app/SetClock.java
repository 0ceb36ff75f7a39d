package dev.bellhop.gateway.app;

import dev.bellhop.gateway.app.SimulatorClock.Setting;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;

/** Puts the simulator's time somewhere, without doing what would have been due on the way. */
@Singleton
public final class SetClock {

    private final SimulatorState state;
    private final SimulatorClock clock;

    SetClock(SimulatorState state, SimulatorClock clock) {
        this.state = state;
        this.clock = clock;
    }

    /** A clock that stands still moves only by {@link AdvanceClock}; it makes runs that are equal to the byte. */
    public Uni<Instant> run(Instant now, Pace pace) {
        Setting setting = clock.showing(now, pace == Pace.FROZEN);
        return state.saveClock(setting)
                .invoke(() -> clock.set(setting))
                .chain(state::endPauses)
                .replaceWith(clock::instant);
    }

    /** Whether the time runs. */
    public enum Pace {
        RUNNING,
        FROZEN
    }
}
