package dev.bellhop.prove;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.PortPlan;
import dev.bellhop.local.Progress;
import dev.bellhop.local.Suite;
import dev.bellhop.local.SuitePlan;
import dev.bellhop.prove.Evidence.EventTruth;
import dev.bellhop.prove.Evidence.InboxEntry;
import dev.bellhop.prove.Evidence.OrderState;
import dev.bellhop.prove.Evidence.Step;
import dev.bellhop.prove.Evidence.Truth;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgeTest {

    private static final String ORDER = "order-1";
    private static final Instant PLACED = Instant.EPOCH;

    private static List<Journey> journeys = List.of();

    @BeforeAll
    static void somebody_pays(@TempDir Path folder) {
        Api api = new Api(new Suite(SuitePlan.of(folder, PortPlan.free()), Progress.SILENT));
        journeys = List.of(new Journey(Journey.Kind.PAYS, ORDER, api));
    }

    @Test
    void an_order_that_expired_without_a_question_breaks_a_promise() {
        // When
        Verdict verdict = of(Guarantee.G9, expired(Map.of()));

        // Then
        assertThat(verdict.broken()).containsExactly(ORDER + " has expired unasked");
    }

    @Test
    void a_question_that_came_while_the_evidence_was_read_counts() {
        // When
        Verdict verdict = of(Guarantee.G9, expired(Map.of(ORDER, 1L)));

        // Then
        assertThat(verdict.kept()).isTrue();
    }

    @Test
    void a_payment_that_neither_a_webhook_nor_a_question_told_of_breaks_a_promise() {
        // When
        Verdict verdict = of(Guarantee.G10, paidUnheard("Pending", 0));

        // Then
        assertThat(verdict.broken())
                .containsExactly("evt-1 was lost, and is not made good: order-1 (PAYS) is Pending, the truth is Paid;"
                        + " order-1 has 0 paid and 0 refunded, the truth is 999 and 0");
        assertThat(of(Guarantee.G10, paidUnheard("Paid", 999)).kept()).isTrue();
    }

    @Test
    void questions_beyond_the_budget_break_a_promise() {
        // When
        Verdict verdict = of(Guarantee.G10, expired(Map.of(ORDER, 7L)));

        // Then
        assertThat(verdict.broken()).containsExactly(ORDER + " was asked about 7 times, not at most 6");
    }

    @Test
    void a_question_whose_answer_was_swallowed_may_be_repeated() {
        // When
        Breaker.Happened before = new Breaker.Happened(Disturbance.KILL_PROVIDER, PLACED, PLACED);
        Breaker.Happened meanwhile = new Breaker.Happened(Disturbance.KILL_PROVIDER, PLACED, PLACED.plusSeconds(1));
        Breaker.Happened afterwards =
                new Breaker.Happened(Disturbance.KILL_PROVIDER, PLACED.plusSeconds(105), PLACED.plusSeconds(110));

        // Then
        assertThat(of(Guarantee.G10, expired(Map.of(ORDER, 7L)), before).kept()).isFalse();
        assertThat(of(Guarantee.G10, expired(Map.of(ORDER, 7L)), afterwards).kept())
                .isFalse();
        assertThat(of(Guarantee.G10, expired(Map.of(ORDER, 7L)), meanwhile).kept())
                .isTrue();
    }

    @Test
    void only_an_event_that_came_before_its_order_tests_whether_it_waits() {
        // When
        Verdict verdict = of(Guarantee.G4, paid("evt-1", "applied"));

        // Then
        assertThat(verdict.untested()).isTrue();
        assertThat(of(Guarantee.G4, paid(null, "applied")).kept()).isTrue();
        assertThat(of(Guarantee.G4, paid(null, "parked")).broken())
                .containsExactly("evt-1 is parked although order-1 is there");
    }

    private static Verdict of(Guarantee guarantee, Evidence evidence, Breaker.Happened... happened) {
        Webhooks webhooks = new Webhooks(URI.create("http://127.0.0.1"), "whsec_");
        Judge judge = new Judge(
                journeys,
                webhooks,
                Set.of(),
                List.of(happened),
                new Observation.Log(),
                Map.of(),
                Duration.ofSeconds(5));
        return judge.judge(evidence).stream()
                .filter(verdict -> verdict.guarantee() == guarantee)
                .findFirst()
                .orElseThrow();
    }

    private static Evidence paid(@Nullable String eventId, String outcome) {
        return new Evidence(
                Map.of(),
                Map.of(ORDER, new OrderState("Paid", 999, 0, PLACED, null)),
                Map.of(),
                List.of(),
                List.of(new Step(ORDER, 2, PLACED, "Paid", "webhook", eventId)),
                Map.of("evt-1", new InboxEntry(ORDER, outcome)),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of());
    }

    private static Evidence paidUnheard(String status, long captured) {
        return new Evidence(
                Map.of(ORDER, new Truth("Paid", 999, 0, List.of(new EventTruth("evt-1", 0, 0, Set.of("drop"))))),
                Map.of(ORDER, new OrderState(status, captured, 0, PLACED, null)),
                Map.of(),
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of());
    }

    private static Evidence expired(Map<String, Long> asked) {
        return new Evidence(
                Map.of(ORDER, new Truth("Pending", 0, 0, List.of())),
                Map.of(ORDER, new OrderState("Expired", 0, 0, PLACED, PLACED.plusSeconds(45))),
                asked,
                List.of(),
                List.of(),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                0,
                List.of());
    }
}
