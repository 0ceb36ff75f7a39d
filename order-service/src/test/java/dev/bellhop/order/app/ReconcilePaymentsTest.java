package dev.bellhop.order.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ReconcilePaymentsTest {

    private static final Instant NOW = Instant.EPOCH;

    private final Due due = new Due();
    private final ReluctantProvider provider = new ReluctantProvider();
    private final Answers answers = new Answers();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AskingConfig config = new DailyAsking(AskingConfig.Details.ON_DOUBT);
    private final Jitter jitter = new Jitter(new SecureRandom());
    private final ReconcilePayments reconcilePayments = new ReconcilePayments(
            due,
            provider,
            new ClosePayments(due, provider, new OrderMetrics(registry), provider.clock),
            new ApplyAnswers(answers, config, provider.clock, jitter),
            new AskAboutParked(new NothingParked(), provider, config, provider.clock),
            config,
            provider.clock,
            jitter);

    @Test
    void one_that_is_never_answered_is_given_back_for_ever_longer_and_delays_no_other() {
        provider.mute = "b";

        assertThat(run()).isEqualTo(3);

        assertThat(answers.applied).isEqualTo(2);
        assertThat(due.givenBack).containsExactly("b");
        assertThat(due.next).isBetween(NOW.plusSeconds(40), NOW.plusSeconds(44));
    }

    @Test
    void a_provider_that_wants_to_be_left_alone_is_asked_nothing_until_then() {
        provider.patience = 1;

        assertThat(run()).isEqualTo(1);
        assertThat(due.givenBack).containsExactly("b", "c");
        assertThat(due.next).isBetween(NOW.plusSeconds(7), NOW.plusMillis(7_700));

        provider.patience = 100;
        provider.clock.advance(Duration.ofSeconds(6));
        assertThat(run()).isZero();
        provider.clock.advance(Duration.ofSeconds(2));
        assertThat(run()).isEqualTo(3);
    }

    @Test
    void a_slow_provider_is_asked_only_for_as_long_as_the_orders_are_ours() {
        provider.takes = Duration.ofSeconds(10);

        assertThat(run()).isEqualTo(2);

        assertThat(answers.applied).isEqualTo(2);
        assertThat(due.givenBack).isEmpty();
        assertThat(provider.clock.instant()).isBefore(due.takenUntil);
    }

    @Test
    void an_order_that_has_ended_is_settled_once_nobody_can_pay_any_more() {
        due.ended = NOW;
        provider.payments = List.of(new PaymentProvider.Known("b", "pay_1", List.of(), List.of()));
        provider.busy = true;

        assertThat(run()).isEqualTo(3);

        assertThat(answers.applied).isEqualTo(2);
        assertThat(due.givenBack).containsExactly("b");
        assertThat(due.next).isBetween(NOW.plusSeconds(40), NOW.plusSeconds(44));

        provider.busy = false;
        run();

        assertThat(answers.applied).isEqualTo(5);
    }

    @Test
    void the_provider_is_told_of_an_order_that_has_ended_for_a_day_and_no_longer() {
        due.ended = NOW;
        provider.mute = "b";
        provider.clock.advance(Duration.ofDays(1).minusMillis(1));

        run();

        assertThat(due.closed).isEmpty();
        assertThat(givenUp()).isZero();

        provider.clock.advance(Duration.ofMillis(1));
        run();

        assertThat(due.closed).containsExactly("b");
        assertThat(givenUp()).isEqualTo(1);
    }

    @Test
    void a_list_begins_with_the_orders_that_nobody_asked_about_before() {
        due.unpaid = List.of(
                unpaid("old", 3, 0, NOW.minus(Duration.ofHours(20))),
                unpaid("unanswered", 0, 2, NOW.minus(Duration.ofHours(2))),
                unpaid("new", 0, 0, NOW.minusSeconds(70)),
                unpaid("newer", 0, 0, NOW.minusSeconds(60)));

        assertThat(run()).isEqualTo(4);

        assertThat(provider.lists).containsExactly(NOW.minusSeconds(70) + " in 1");
    }

    @Test
    void no_list_is_asked_for_because_of_orders_that_were_asked_about_before() {
        due.unpaid = List.of(
                unpaid("old", 1, 0, NOW.minus(Duration.ofHours(20))),
                unpaid("older", 2, 0, NOW),
                unpaid("new", 0, 0, NOW));

        assertThat(run()).isEqualTo(3);

        assertThat(provider.lists).isEmpty();
    }

    @Test
    void an_answer_that_is_kept_until_payments_are_closed_is_asked_for_again_after_many_tries_only() {
        due.unpaid = List.of(unclosed("often", 59), unclosed("too often", 60));

        assertThat(run()).isEqualTo(2);

        assertThat(answers.applied).isEqualTo(2);
        assertThat(provider.reasons).containsExactly(OrderMetrics.Reason.EXPIRY);
    }

    private Questions.Question unclosed(String orderId, int unanswered) {
        Instant createdAt = NOW.minus(config.expireAfter());
        return new Questions.Question(
                orderId, false, null, null, 4, unanswered, List.of("pay_1"), createdAt, 1, NOW.plusSeconds(30));
    }

    private static Questions.Question unpaid(String orderId, int asks, int unanswered, Instant createdAt) {
        return new Questions.Question(
                orderId, false, null, null, asks, unanswered, List.of(), createdAt, 1, NOW.plusSeconds(30));
    }

    private double givenUp() {
        return registry.get(OrderMetrics.CLOSINGS_GIVEN_UP).counter().count();
    }

    private int run() {
        return reconcilePayments.run().await().atMost(Duration.ofSeconds(5));
    }

    /** Three doubtful orders, about one of which two questions were not answered; it may have ended. Or unpaid ones. */
    private static final class Due implements Questions {

        private List<Question> unpaid = List.of();

        private final List<String> givenBack = new ArrayList<>();
        private final List<String> closed = new ArrayList<>();
        private @Nullable Instant ended;
        private Instant next = Instant.MIN;
        private Instant takenUntil = Instant.MIN;

        @Override
        public Uni<List<Question>> take(int most, Instant now, Instant until) {
            takenUntil = until;
            if (!unpaid.isEmpty()) {
                return Uni.createFrom().item(unpaid);
            }
            return Uni.createFrom().item(List.of(question("a", 0), question("b", 2), question("c", 0)));
        }

        private Question question(String orderId, int unanswered) {
            Instant since = orderId.equals("b") ? ended : null;
            return new Question(orderId, true, null, since, 0, unanswered, List.of(), NOW, 1, takenUntil);
        }

        @Override
        public Uni<Void> expectRefund(String orderId, long amount, Instant when) {
            throw new AssertionError("nobody asked for a refund");
        }

        @Override
        public Uni<Void> closed(String orderId, Instant since) {
            closed.add(orderId);
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> postpone(List<Question> questions, Instant when) {
            questions.forEach(question -> givenBack.add(question.orderId()));
            next = when;
            return Uni.createFrom().voidItem();
        }

        @Override
        public Uni<Void> inVain(Question question, List<String> unclosed, Instant when) {
            return postpone(List.of(question), when);
        }
    }

    private static final class Answers implements EventBatches {

        private int applied;

        @Override
        public <T> Uni<T> transaction(Function<Batch, Uni<T>> work) {
            applied++;
            return Uni.createFrom().nullItem();
        }
    }

    private static final class NothingParked implements ParkedEvents {

        @Override
        public Uni<List<Waiting>> take(int most, Instant latest, Instant now, Instant until) {
            return Uni.createFrom().item(List.of());
        }

        @Override
        public Uni<Void> postpone(List<Waiting> orders, Instant next) {
            throw new AssertionError("nothing was taken");
        }

        @Override
        public Uni<Void> unanswered(Waiting order, Instant next) {
            throw new AssertionError("nothing was taken");
        }

        @Override
        public Uni<Void> answered(String orderId, Answer answer, Instant asked) {
            throw new AssertionError("nothing was taken");
        }
    }
}
