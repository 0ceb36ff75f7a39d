package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.SettableClock;
import dev.bellhop.order.app.EventBatches.Batch;
import dev.bellhop.order.app.Questions.Answer;
import dev.bellhop.order.app.Questions.Asked;
import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.domain.Item;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.ReceivedEvent;
import dev.bellhop.order.domain.Standing;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ApplyAnswersTest {

    private static final Instant PLACED = Instant.EPOCH;
    private static final Order PAID = Order.placed(
                    new OrderId("1"), "c", "o", new Money(999, "USD"), List.of(new Item("p", 1, 999)), 1, PLACED)
            .with(new PaymentLedger(Standing.CAPTURED, 999, 0, 0), PLACED);

    private final SettableClock clock = new SettableClock();
    private final Batches batches = new Batches();
    private final ApplyAnswers applyAnswers = new ApplyAnswers(
            batches, new DailyAsking(AskingConfig.Details.ON_DOUBT), clock, new Jitter(new SecureRandom()));

    /** A bank takes its time, and its last word may be lost. */
    @Test
    void a_refund_that_stays_under_way_is_asked_about_for_a_day_like_a_payment() {
        // Given
        clock.advance(Duration.ofMinutes(1));
        List<Duration> asked = new ArrayList<>(List.of(Duration.between(PLACED, clock.instant())));

        // When
        Instant next = nextAfter(0);
        for (int asks = 1; next != null; asks++) {
            clock.advance(Duration.between(clock.instant(), next));
            asked.add(Duration.between(PLACED, next));
            next = nextAfter(asks);
        }

        // Then
        assertThat(asked).hasSize(5);
        assertThat(asked.get(4)).isBetween(Duration.ofHours(23), Duration.ofHours(27));
        assertThat(asked.get(1)).isLessThan(Duration.ofMinutes(10));
    }

    private @Nullable Instant nextAfter(int asks) {
        Question question =
                new Question("1", false, 999L, null, asks, 0, List.of(), PLACED, PAID.version(), clock.instant());
        PaymentFact captured = new PaymentFact(
                PaymentFact.Kind.CAPTURED,
                PaymentFact.Origin.PROVIDER,
                "pay_1",
                "",
                999L,
                "USD",
                PaymentFact.Ruling.NONE);
        PaymentProvider.Known payment = new PaymentProvider.Known("1", "pay_1", List.of(captured), List.of(999L));
        applyAnswers
                .run(List.of(new Answer(
                        question, List.of(payment), OrderMetrics.Reason.RECONCILIATION, QuestionLog.Means.ALONE)))
                .await()
                .atMost(Duration.ofSeconds(5));
        return Objects.requireNonNull(batches.asked).next();
    }

    /** The paid order is all that there is. */
    private static final class Batches implements EventBatches, Batch {

        private @Nullable Asked asked;

        @Override
        public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
            return work.apply(this);
        }

        @Override
        public Uni<Set<ReceivedEvent.Key>> record(List<ReceivedEvent> events, Instant now) {
            throw new AssertionError("there are no events");
        }

        @Override
        public Uni<Map<String, Order>> lock(Collection<String> orderIds) {
            return Uni.createFrom().item(Map.of("1", PAID));
        }

        @Override
        public Uni<Map<String, List<PaymentFact>>> facts(Collection<String> orderIds) {
            return Uni.createFrom().item(Map.of());
        }

        @Override
        public Uni<Void> add(List<NewFact> facts, Instant now) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> update(List<Moved> orders) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> rule(List<NewFact> facts) {
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> asked(List<Asked> orders, Instant now) {
            asked = orders.get(0);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> note(List<Noted> outcomes) {
            throw new AssertionError("there are no events");
        }
    }
}
