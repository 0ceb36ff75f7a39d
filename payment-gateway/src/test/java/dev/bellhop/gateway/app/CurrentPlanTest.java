package dev.bellhop.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurrentPlanTest {

    private static final Instant NOW = Instant.parse("2026-01-31T12:00:00Z");
    private static final Map<String, Object> DROP = plan("drop");
    private static final Map<String, Object> DUPLICATE = plan("duplicate");

    private final CurrentPlan plan = new CurrentPlan(new SimulatorClock());

    /** The simulator's clock may stand still. */
    @Test
    void a_plan_that_follows_another_within_one_moment_is_followed() {
        // Given
        plan.follow(DROP, NOW);

        // When
        plan.follow(DUPLICATE, NOW);

        // Then
        assertThat(plan.source()).isEqualTo(DUPLICATE);
    }

    @Test
    void a_plan_that_ends_within_the_moment_of_its_beginning_ends() {
        // Given
        plan.follow(DROP, NOW);

        // When
        plan.follow(null, NOW);

        // Then
        assertThat(plan.inForce()).isFalse();
    }

    private static Map<String, Object> plan(String fault) {
        return Map.of("rules", List.of(Map.of("do", fault)));
    }
}
