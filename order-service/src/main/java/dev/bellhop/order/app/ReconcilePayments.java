package dev.bellhop.order.app;

import dev.bellhop.order.app.EventBatches.Batch;
import dev.bellhop.order.app.EventBatches.Moved;
import dev.bellhop.order.app.EventBatches.NewFact;
import dev.bellhop.order.app.QuestionLog.Means;
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
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes good what webhooks lost or left in doubt: asks the provider about orders whose time has come, one list first and
 * single questions for the rest, and applies its answers like events. An order that stays unpaid expires with the last
 * answer, never unasked. What is left of a round goes to events that have waited too long for their order. A question that
 * is not answered delays no other; a provider that leaves many unanswered is left alone for a while, or for as long as it
 * wants.
 */
@Singleton
public final class ReconcilePayments {

    private final Questions questions;
    private final PaymentProvider provider;
    private final EventBatches batches;
    private final AskAboutParked askAboutParked;
    private final AskingConfig config;
    private final Clock clock;
    private final SecureRandom random;
    private volatile Instant silentUntil = Instant.MIN;

    ReconcilePayments(
            Questions questions,
            PaymentProvider provider,
            EventBatches batches,
            AskAboutParked askAboutParked,
            AskingConfig config,
            Clock clock,
            SecureRandom random) {
        this.questions = questions;
        this.provider = provider;
        this.batches = batches;
        this.askAboutParked = askAboutParked;
        this.config = config;
        this.clock = clock;
        this.random = random;
    }

    /** One round; how many orders were asked about. */
    public Uni<Integer> run() {
        return unlessSilent(this::placed).chain(asked -> unlessSilent(() -> parked(config.perRound() - asked))
                .map(more -> asked + more));
    }

    private Uni<Integer> unlessSilent(Supplier<Uni<Integer>> asking) {
        return clock.instant().isBefore(silentUntil) ? Uni.createFrom().item(0) : asking.get();
    }

    private Uni<Integer> parked(int most) {
        return askAboutParked
                .run(most)
                .onFailure(PaymentProvider.Unavailable.class)
                .recoverWithItem(failure -> {
                    fallSilent(failure);
                    return 0;
                });
    }

    private Uni<Integer> placed() {
        Instant now = clock.instant();
        return questions.take(config.perRound(), now, now.plus(Questions.TAKEN)).chain(taken -> {
            if (taken.isEmpty()) {
                return Uni.createFrom().item(0);
            }
            List<Question> open = new ArrayList<>(taken);
            // What is left by then comes back by itself, long before somebody else could take what is in our hands.
            return ask(open, now.plus(Questions.ROUND))
                    .onFailure(PaymentProvider.Unavailable.class)
                    .recoverWithUni(failure -> leaveAlone(failure, open))
                    .replaceWith(() -> taken.size() - open.size());
        });
    }

    private Uni<Void> leaveAlone(PaymentProvider.Unavailable failure, List<Question> open) {
        return questions.postpone(List.copyOf(open), fallSilent(failure));
    }

    /** Until when. */
    private Instant fallSilent(PaymentProvider.Unavailable failure) {
        Instant until = clock.instant().plus(jittered(Objects.requireNonNull(failure.retryAfter())));
        silentUntil = until;
        return until;
    }

    /** Removes from {@code open} what is done. */
    private Uni<Void> ask(List<Question> open, Instant end) {
        return listed(open)
                .onFailure(PaymentProvider.Unavailable::ofOneCall)
                .recoverWithNull()
                .chain(() -> Multi.createFrom()
                        .iterable(List.copyOf(open))
                        .select()
                        .first(question -> clock.instant().isBefore(end))
                        .onItem()
                        .transformToUniAndConcatenate(question -> alone(question, reason(question))
                                .onFailure(PaymentProvider.Unavailable::ofOneCall)
                                .recoverWithUni(() -> unanswered(question))
                                .invoke(() -> open.remove(question)))
                        .collect()
                        .last()
                        .replaceWithVoid());
    }

    private Uni<Void> alone(Question question, Reason reason) {
        return provider.payments(question.orderId(), reason).chain(payments -> {
            List<Answer> answers = List.of(new Answer(question, payments, reason, Means.ALONE));
            return reason == Reason.EXPIRY
                    ? closed(payments)
                            .chain(closed -> closed
                                    ? apply(answers)
                                    : postpone(question, config.expireAfter().dividedBy(config.most())))
                    : apply(answers);
        });
    }

    /**
     * An order expires only when nobody can pay for it any more. Otherwise a customer who pays between the question and
     * the answer, or the day after, pays for nothing.
     */
    private Uni<Boolean> closed(List<PaymentProvider.Known> payments) {
        return Multi.createFrom()
                .iterable(payments)
                .filter(PaymentProvider.Known::isOpen)
                .onItem()
                .transformToUniAndConcatenate(payment -> provider.close(payment.paymentId()))
                .collect()
                .asList()
                .map(closed -> !closed.contains(false));
    }

    private Uni<Void> unanswered(Question question) {
        Duration pause = config.pauseAfter(question.unanswered());
        return questions.unanswered(question, clock.instant().plus(jittered(pause)));
    }

    private Uni<Void> postpone(Question question, Duration pause) {
        return questions.postpone(List.of(question), clock.instant().plus(jittered(pause)));
    }

    /** One call tells of all payments that changed since the oldest order: whoever paid is in it. */
    private Uni<Void> listed(List<Question> open) {
        List<Question> unpaid =
                open.stream().filter(ReconcilePayments::isUnpaid).toList();
        if (unpaid.size() < 2) {
            return Uni.createFrom().voidItem();
        }
        Instant since =
                unpaid.stream().map(Question::createdAt).min(Instant::compareTo).orElseThrow();
        return provider.changedSince(since, Reason.RECONCILIATION).chain(payments -> {
            Map<String, List<PaymentProvider.Known>> byOrder = new HashMap<>();
            payments.forEach(payment -> byOrder.computeIfAbsent(payment.orderId(), id -> new ArrayList<>())
                    .add(payment));
            List<Answer> answers = unpaid.stream()
                    .filter(question -> byOrder.containsKey(question.orderId()))
                    .map(question -> new Answer(
                            question,
                            byOrder.getOrDefault(question.orderId(), List.of()),
                            Reason.RECONCILIATION,
                            Means.IN_A_LIST))
                    .filter(answer ->
                            answer.facts().stream().anyMatch(fact -> fact.kind() == PaymentFact.Kind.CAPTURED))
                    .toList();
            return apply(answers)
                    .invoke(() -> open.removeAll(
                            answers.stream().map(Answer::question).toList()));
        });
    }

    private static boolean isUnpaid(Question question) {
        return !question.doubtful() && question.refundExpected() == null;
    }

    private Reason reason(Question question) {
        if (question.doubtful()) {
            return config.details() == AskingConfig.Details.ALWAYS ? Reason.ALWAYS : Reason.ON_DOUBT;
        }
        return isUnpaid(question) && isLast(question) ? Reason.EXPIRY : Reason.RECONCILIATION;
    }

    private boolean isLast(Question question) {
        return !clock.instant().isBefore(question.createdAt().plus(config.expireAfter()));
    }

    private Uni<Void> apply(List<Answer> answers) {
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
            // What came to the order since the provider was asked is not in its answer: it denies nothing, and is asked
            // again.
            boolean settled = answer.question().doubtful() && answer.question().isAbout(order);
            List<PaymentFact> facts = new ArrayList<>();
            for (PaymentFact fact : known.getOrDefault(id, List.of())) {
                PaymentFact ruled = settled ? judged(fact, answer) : fact;
                if (!ruled.equals(fact)) {
                    denied.add(new NewFact(id, ruled));
                }
                facts.add(ruled);
            }
            answer.facts().forEach(fact -> added.add(new NewFact(id, fact)));
            facts.addAll(answer.facts());
            Moved step = step(order, facts, answer, now);
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

    /** A captured payment with a name that the provider has never heard of is denied. */
    private static PaymentFact judged(PaymentFact fact, Answer answer) {
        boolean deniable = fact.kind() == PaymentFact.Kind.CAPTURED
                && fact.ruling() == PaymentFact.Ruling.NONE
                && !fact.paymentId().equals(PaymentFact.UNNAMED);
        return deniable && !answer.names(fact.paymentId()) ? fact.ruled(PaymentFact.Ruling.DENIED) : fact;
    }

    private @Nullable Moved step(Order order, List<PaymentFact> facts, Answer answer, Instant now) {
        List<Change> changes = new ArrayList<>();
        Order next = order.with(PaymentLedger.of(order.total(), facts), now);
        if (next.version() > order.version()) {
            changes.add(next.since(order, origin(Cause.RECONCILIATION)));
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

    /** The k-th of n questions comes at {@code delay * (expireAfter / delay) ^ (k / (n - 1))}: the last at expiry. */
    private @Nullable Instant next(Order after, Answer answer, Instant now) {
        Question question = answer.question();
        if (!(after.allows(Move.EXPIRE) instanceof Transition.Allowed)) {
            return isRefundDue(after, answer)
                    ? now.plus(jittered(config.delay().multipliedBy(1L << Math.min(question.asks(), 20))))
                    : null;
        }
        if (question.doubtful()) {
            return now.plus(config.delay());
        }
        double total = (double) config.expireAfter().toMillis();
        double first = (double) Math.max(1, config.delay().toMillis());
        int number = question.asks() + 1;
        double exponent = number / (double) Math.max(1, config.most() - 1);
        Instant expiry = question.createdAt().plus(config.expireAfter());
        if (exponent >= 1) {
            return expiry;
        }
        Instant due = question.createdAt()
                .plus(jittered(Duration.ofMillis((long) (first * Math.pow(total / first, exponent)))));
        // Whoever fell behind (an outage) catches up without using up its questions at once.
        Instant soonest = now.plus(jittered(config.delay()));
        Instant next = due.isBefore(soonest) ? soonest : due;
        return next.isAfter(expiry) ? expiry : next;
    }

    /** Whether a refund is still on its way, and worth another question. */
    private boolean isRefundDue(Order order, Answer answer) {
        Long expected = answer.question().refundExpected();
        return expected != null
                && order.ledger().refunded() < expected
                && answer.isRefundUnderway()
                && answer.question().asks() + 1 < config.most();
    }

    private Duration jittered(Duration duration) {
        return duration.plusMillis((long) ((double) duration.toMillis() * 0.1 * random.nextDouble()));
    }
}
