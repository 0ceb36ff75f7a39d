package dev.bellhop.order.app;

import dev.bellhop.order.app.EventBatches.Batch;
import dev.bellhop.order.app.EventBatches.Moved;
import dev.bellhop.order.app.EventBatches.NewFact;
import dev.bellhop.order.app.Questions.Answer;
import dev.bellhop.order.app.Questions.Asked;
import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Move;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.Transition;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Applies what the provider said, like events, and settles when to ask again. */
@Singleton
final class ApplyAnswers {

    private final EventBatches batches;
    private final AskingConfig config;
    private final Clock clock;
    private final Jitter jitter;

    ApplyAnswers(EventBatches batches, AskingConfig config, Clock clock, Jitter jitter) {
        this.batches = batches;
        this.config = config;
        this.clock = clock;
        this.jitter = jitter;
    }

    /** All in one transaction. */
    Uni<Void> run(List<Answer> answers) {
        if (answers.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        Map<String, Answer> byOrder = new HashMap<>();
        answers.forEach(answer -> byOrder.put(answer.question().orderId(), answer));
        return batches.transaction(batch -> batch.lock(byOrder.keySet())
                .chain(orders -> batch.facts(orders.keySet()).chain(facts -> write(batch, byOrder, orders, facts))));
    }

    private Uni<Void> write(
            Batch batch, Map<String, Answer> answers, Map<String, Order> orders, Map<String, List<PaymentFact>> known) {
        Instant now = clock.instant();
        List<NewFact> added = new ArrayList<>();
        List<NewFact> denied = new ArrayList<>();
        List<Moved> moved = new ArrayList<>();
        List<Asked> asked = new ArrayList<>();
        orders.forEach((id, order) -> {
            Answer answer = Objects.requireNonNull(answers.get(id));
            // What came to the order since the provider was asked is not in its answer: that denies nothing, and we ask
            // again.
            boolean settled = answer.question().doubtful() && answer.question().isAbout(order);
            List<PaymentFact> before = known.getOrDefault(id, List.of());
            List<PaymentFact> facts = new ArrayList<>();
            for (PaymentFact fact : before) {
                PaymentFact ruled = settled ? judged(fact, answer) : fact;
                if (!ruled.equals(fact)) {
                    denied.add(new NewFact(id, ruled));
                }
                facts.add(ruled);
            }
            answer.facts().forEach(fact -> added.add(new NewFact(id, fact)));
            facts.addAll(answer.facts());
            Moved step = step(order, before, facts, answer, now);
            if (step != null) {
                moved.add(step);
            }
            Order after = step == null ? order : step.order();
            asked.add(new Asked(after, answer, step != null, settled, next(after, answer, now)));
        });
        return batch.add(added, now)
                .chain(() -> batch.rule(denied))
                .chain(() -> batch.update(moved))
                .chain(() -> batch.asked(asked, now));
    }

    /** A captured payment is denied if the provider has never heard of its name or, if it has none, captured nothing. */
    private static PaymentFact judged(PaymentFact fact, Answer answer) {
        boolean deniable = fact.kind() == PaymentFact.Kind.CAPTURED && fact.ruling() == PaymentFact.Ruling.NONE;
        boolean known = fact.paymentId().equals(PaymentFact.UNNAMED)
                ? answer.facts().stream().anyMatch(told -> told.kind() == PaymentFact.Kind.CAPTURED)
                : answer.names(fact.paymentId());
        return deniable && !known ? fact.ruled(PaymentFact.Ruling.DENIED) : fact;
    }

    private @Nullable Moved step(
            Order order, List<PaymentFact> before, List<PaymentFact> facts, Answer answer, Instant now) {
        List<Change> changes = new ArrayList<>();
        Order next = order.with(PaymentLedger.of(order.total(), facts), now);
        if (next.version() > order.version()) {
            changes.add(next.since(order, origin(Cause.RECONCILIATION)));
        }
        for (PaymentFact fact : answer.facts().stream().distinct().toList()) {
            if (next.hearsOfFailedRefund(fact, before)) {
                Order told = next.at(next.stage(), now);
                changes.add(told.since(next, origin(Cause.RECONCILIATION)).called(Change.REFUND_FAILED));
                next = told;
            }
        }
        boolean late = answer.reason() == Reason.EXPIRY && answer.question().isAbout(order);
        Order end = next;
        if (late && next.allows(Move.EXPIRE) instanceof Transition.Allowed allowed) {
            end = next.at(allowed.to(), now);
            changes.add(end.since(next, origin(Cause.EXPIRY)));
        }
        return changes.isEmpty() ? null : new Moved(end, changes);
    }

    private static Origin origin(Cause cause) {
        return new Origin(cause, "order-service", null, null, null);
    }

    private @Nullable Instant next(Order after, Answer answer, Instant now) {
        Question question = answer.question();
        // Whoever fell behind (an outage) catches up without using up its questions at once.
        Instant soonest = now.plus(jitter.longer(config.delay()));
        if (!(after.allows(Move.EXPIRE) instanceof Transition.Allowed)) {
            return isRefundDue(after, answer) ? later(soonest, now.plus(jitter.longer(pause(question)))) : null;
        }
        if (question.doubtful()) {
            return now.plus(config.delay());
        }
        int number = question.asks() + 1;
        Instant expiry = question.createdAt().plus(config.expireAfter());
        if (number >= config.most() - 1) {
            return expiry;
        }
        Instant next = later(soonest, question.createdAt().plus(jitter.longer(age(number))));
        return next.isAfter(expiry) ? expiry : next;
    }

    /** As long as an unpaid order would wait from this question to the next; a doubt does not know of the refund yet. */
    private Duration pause(Question question) {
        return question.doubtful() ? config.delay() : age(question.asks() + 1).minus(age(question.asks()));
    }

    /** The k-th of n questions comes at {@code delay * (expireAfter / delay) ^ (k / (n - 1))}: the last at expiry. */
    private Duration age(int number) {
        double total = (double) config.expireAfter().toMillis();
        double first = (double) Math.max(1, config.delay().toMillis());
        return Duration.ofMillis(
                (long) (first * Math.pow(total / first, number / (double) Math.max(1, config.most() - 1))));
    }

    private static Instant later(Instant one, Instant other) {
        return one.isBefore(other) ? other : one;
    }

    /**
     * Whether a refund is still on its way, and worth another question. When it was asked about for a doubt's sake, the
     * provider may not have heard of it yet.
     */
    private boolean isRefundDue(Order order, Answer answer) {
        Question question = answer.question();
        Long expected = question.refundExpected();
        if (expected == null || order.ledger().refunded() >= expected) {
            return false;
        }
        return question.doubtful() || (answer.isRefundUnderway() && question.asks() + 1 < config.most());
    }
}
