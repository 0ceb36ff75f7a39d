package dev.bellhop.gateway.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FaultPlanTest {

    private static Map<String, Object> plan(int seed, Map<String, Object> match) {
        return Map.of("seed", seed, "rules", List.of(Map.of("match", match, "do", "drop")));
    }

    private static List<Boolean> strikes(FaultPlan plan) {
        return IntStream.range(0, 2_000)
                .mapToObj(i ->
                        !plan.of(EventType.PAYMENT_SUCCESS, "evt_" + i, "o").isEmpty())
                .toList();
    }

    @Test
    void the_same_seed_strikes_the_same_events_and_another_one_others() {
        Map<String, Object> half = Map.of("probability", 0.5);
        List<Boolean> first = strikes(FaultPlan.parse(plan(1, half)));
        assertThat(strikes(FaultPlan.parse(plan(1, half)))).isEqualTo(first);
        assertThat(strikes(FaultPlan.parse(plan(2, half)))).isNotEqualTo(first);
    }

    @Test
    void probability_is_kept_in_the_long_run() {
        long struck = strikes(FaultPlan.parse(plan(1, Map.of("probability", 0.1)))).stream()
                .filter(Boolean::booleanValue)
                .count();
        assertThat(struck).isBetween(150L, 250L);
    }

    @Test
    void every_nth_is_counted() {
        assertThat(strikes(FaultPlan.parse(plan(1, Map.of("every", 4)))).subList(0, 8))
                .containsExactly(false, false, false, true, false, false, false, true);
    }

    @Test
    void only_what_is_meant_is_struck() {
        FaultPlan plan = FaultPlan.parse(plan(1, Map.of("event", "refund_failed", "order", List.of("a", "b"))));
        assertThat(plan.of(EventType.REFUND_FAILED, "evt_1", "b")).hasSize(1);
        assertThat(plan.of(EventType.REFUND_FAILED, "evt_1", "c")).isEmpty();
        assertThat(plan.of(EventType.PAYMENT_SUCCESS, "evt_1", "a")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(FaultKind.class)
    void every_fault_can_be_planned(FaultKind kind) {
        FaultPlan plan = FaultPlan.parse(Map.of("rules", List.of(Map.of("do", kind.word()))));
        boolean call = kind.place() == FaultKind.Place.CALL;
        assertThat(plan.of(EventType.PAYMENT_SUCCESS, "evt_1", "o")).hasSize(call ? 0 : 1);
        assertThat(plan.of("find", "/payments/1", 1, java.time.Duration.ofSeconds(1)))
                .hasSize(call ? 1 : 0);
    }

    @ParameterizedTest
    @EnumSource(NamedPlan.class)
    void every_named_plan_is_a_plan(NamedPlan plan) {
        assertThat(FaultPlan.parse(Map.of("plan", plan.word(), "seed", 3)).seed())
                .isEqualTo("3");
    }
}
