package dev.bellhop.order.app;

import dev.bellhop.order.app.QuestionLog.Means;
import dev.bellhop.order.app.Questions.Answer;
import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.smallrye.mutiny.Multi;
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
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Makes good what webhooks lost or left in doubt: asks the provider about orders whose time has come, one list first and
 * single questions for the rest, and applies its answers like events. An order that stays unpaid expires with the last
 * answer, never unasked; that one has ended the provider is told until it confirms. What is left of a round goes to events
 * that have waited too long for their order. A question that is not answered delays no other; a provider that leaves many
 * unanswered is left alone for a while, or for as long as it wants.
 */
@Singleton
public final class ReconcilePayments {

    private static final Logger LOG = Logger.getLogger(ReconcilePayments.class);

    /** So many tries; at the longest pause some five hours. Whoever has paid meanwhile, unheard, is learnt of then. */
    private static final int KEPT_FOR = 60;

    private final Questions questions;
    private final PaymentProvider provider;
    private final ClosePayments closePayments;
    private final ApplyAnswers applyAnswers;
    private final AskAboutParked askAboutParked;
    private final AskingConfig config;
    private final Clock clock;
    private final Jitter jitter;
    private volatile Instant silentUntil = Instant.MIN;

    ReconcilePayments(
            Questions questions,
            PaymentProvider provider,
            ClosePayments closePayments,
            ApplyAnswers applyAnswers,
            AskAboutParked askAboutParked,
            AskingConfig config,
            Clock clock,
            Jitter jitter) {
        requireOne("most", config.most());
        requireOne("per-round", config.perRound());
        this.questions = questions;
        this.provider = provider;
        this.closePayments = closePayments;
        this.applyAnswers = applyAnswers;
        this.askAboutParked = askAboutParked;
        this.config = config;
        this.clock = clock;
        this.jitter = jitter;
    }

    private static void requireOne(String setting, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(
                    "orders.asking." + setting + " is " + value + ": nothing would be asked");
        }
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
        Instant until = clock.instant().plus(jitter.longer(Objects.requireNonNull(failure.retryAfter())));
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
        if (reason != Reason.EXPIRY && question.closingSince() == null) {
            return asked(question, reason).chain(this::apply);
        }
        // What was answered before is not asked for again just because the payments could not be closed then.
        return question.unclosed().isEmpty() || question.unanswered() % KEPT_FOR == 0
                ? ended(question, reason)
                : closed(kept(question, reason), () -> ended(question, reason));
    }

    private Uni<Void> ended(Question question, Reason reason) {
        return asked(question, reason).chain(answer -> closed(answer, () -> beingPaid(question)));
    }

    private Uni<Answer> asked(Question question, Reason reason) {
        return provider.payments(question.orderId(), reason)
                .map(payments -> new Answer(question, payments, reason, Means.ALONE));
    }

    private static Answer kept(Question question, Reason reason) {
        List<PaymentProvider.Known> open = question.unclosed().stream()
                .map(id -> new PaymentProvider.Known(question.orderId(), id, List.of(), List.of()))
                .toList();
        return new Answer(question, open, reason, Means.ALONE);
    }

    /**
     * An order expires only when nobody can pay for it any more. Otherwise a customer who pays between question and answer, or
     * the day after, pays for nothing. Whoever has paid in time does not wait for that.
     */
    private Uni<Void> closed(Answer answer, Supplier<Uni<Void>> beingPaid) {
        boolean paid = answer.isPaid() && answer.question().closingSince() == null;
        return closePayments
                .all(answer.payments())
                .map(closed -> closed || paid ? apply(answer) : beingPaid.get())
                .onFailure(PaymentProvider.Unavailable.class)
                .recoverWithItem(failure -> paid ? apply(answer) : keep(answer, failure))
                .chain(next -> next);
    }

    private Uni<Void> keep(Answer answer, PaymentProvider.Unavailable failure) {
        Question question = answer.question();
        Duration pause = config.pauseAfter(question.unanswered());
        Duration wanted = failure.retryAfter();
        if (wanted == null) {
            return inVain(question, answer.openPayments(), pause);
        }
        return inVain(question, answer.openPayments(), wanted.compareTo(pause) > 0 ? wanted : pause)
                .chain(() -> Uni.createFrom().failure(failure));
    }

    private Uni<Void> beingPaid(Question question) {
        if (question.closingSince() != null) {
            return unanswered(question);
        }
        if (clock.instant()
                .isAfter(question.createdAt().plus(config.expireAfter()).plus(ClosePayments.LONGEST))) {
            LOG.errorf(
                    "order can neither expire nor be paid: its payment is neither cancelled nor captured orderId=%s",
                    question.orderId());
        }
        return inVain(question, List.of(), config.expireAfter().dividedBy(config.most()));
    }

    private Uni<Void> apply(Answer answer) {
        return applyAnswers.run(List.of(answer));
    }

    private Uni<Void> unanswered(Question question) {
        return inVain(question, List.of(), config.pauseAfter(question.unanswered()));
    }

    private Uni<Void> inVain(Question question, List<String> unclosed, Duration pause) {
        return closePayments
                .failed(question)
                .chain(() ->
                        questions.inVain(question, unclosed, clock.instant().plus(jitter.longer(pause))));
    }

    /**
     * One call tells of all payments that changed since the oldest order that nobody asked about before: whoever paid since is
     * in it. The others are much older; a list that began with them would end before it came to these. It never costs more than
     * half a call for each.
     */
    private Uni<Void> listed(List<Question> open) {
        List<Question> unpaid = open.stream().filter(Question::isUnpaid).toList();
        List<Question> fresh = unpaid.stream().filter(Question::isFirst).toList();
        if (fresh.size() < 2) {
            return Uni.createFrom().voidItem();
        }
        Instant since =
                fresh.stream().map(Question::createdAt).min(Instant::compareTo).orElseThrow();
        int most = fresh.size() / 2;
        return provider.changedSince(since, most, Reason.RECONCILIATION).chain(payments -> {
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
            return applyAnswers
                    .run(answers)
                    .invoke(() -> open.removeAll(
                            answers.stream().map(Answer::question).toList()));
        });
    }

    private Reason reason(Question question) {
        if (question.doubtful()) {
            return config.details() == AskingConfig.Details.ALWAYS ? Reason.ALWAYS : Reason.ON_DOUBT;
        }
        return question.isUnpaid() && isLast(question) ? Reason.EXPIRY : Reason.RECONCILIATION;
    }

    private boolean isLast(Question question) {
        return !clock.instant().isBefore(question.createdAt().plus(config.expireAfter()));
    }
}
