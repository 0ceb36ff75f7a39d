package dev.bellhop.gateway.app;

import dev.bellhop.gateway.domain.Fault;
import dev.bellhop.gateway.domain.FaultPlan;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The fault plan that is in force in this process. */
@Singleton
public final class CurrentPlan {

    /** How many paths' calls are counted: those called last, so that ever new ones do not fill the memory. */
    static final int COUNTED = 10_000;

    private final Clock clock;
    private volatile State state = new State(FaultPlan.NONE, null, Instant.EPOCH);

    CurrentPlan(SimulatorClock clock) {
        this.clock = clock;
    }

    /** Takes over the shared plan, unless it is the one in force, whose counters go on. */
    void follow(@Nullable Map<String, Object> source, @Nullable Instant since) {
        if (since == null || (since.equals(state.since) && Objects.equals(source, state.source))) {
            return;
        }
        set(source == null ? FaultPlan.NONE : FaultPlan.parse(source), source, since);
    }

    void set(FaultPlan plan, @Nullable Map<String, Object> source, Instant since) {
        state = new State(plan, source, since);
    }

    /** Whether a plan is in force. */
    public boolean inForce() {
        return state.source != null;
    }

    /** The plan as it was sent; null if there is none. */
    public @Nullable Map<String, Object> source() {
        return state.source;
    }

    FaultPlan plan() {
        return state.plan;
    }

    /** The faults that strike this call of the API. */
    public List<Fault> strike(String call, String path) {
        State current = state;
        if (current.source == null) {
            return List.of();
        }
        long number = current.calls.merge(call + path, 1L, Long::sum);
        return current.plan.of(call, path, number, Duration.between(current.since, clock.instant()));
    }

    private static final class State {

        private final FaultPlan plan;
        private final @Nullable Map<String, Object> source;
        private final Instant since;
        private final Map<String, Long> calls = Collections.synchronizedMap(new Lately());

        State(FaultPlan plan, @Nullable Map<String, Object> source, Instant since) {
            this.plan = plan;
            this.source = source;
            this.since = since;
        }
    }

    /** Forgets the path that was not called for the longest time. */
    private static final class Lately extends LinkedHashMap<String, Long> {

        private static final long serialVersionUID = 1L;

        Lately() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
            return size() > COUNTED;
        }
    }
}
