package dev.bellhop.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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

    /** Seen by what strikes them: a call whose number is forgotten is the first of its path again. */
    @Test
    void only_the_calls_of_late_are_counted() {
        // Given
        plan.follow(Map.of("rules", List.of(Map.of("do", "error", "match", Map.of("probability", 0.5)))), NOW);
        List<Boolean> first = struck("early");
        for (int path = 0; path < CurrentPlan.COUNTED; path++) {
            plan.strike("confirm", "/payments/pay_" + path + "/confirm");
        }

        // When
        List<Boolean> second = struck("early");
        List<Boolean> third = struck("early");

        // Then
        assertThat(second).isEqualTo(first);
        assertThat(third).isNotEqualTo(first);
    }

    private List<Boolean> struck(String name) {
        return IntStream.range(0, 64)
                .mapToObj(number ->
                        !plan.strike("find", "/payments/" + name + number).isEmpty())
                .toList();
    }

    private static Map<String, Object> plan(String fault) {
        return Map.of("rules", List.of(Map.of("do", fault)));
    }
}
