package dev.bellhop.gateway.domain;

import dev.bellhop.gateway.domain.CardAttempt.CardAnswer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a merchant asked for and what became of it. Every method answers with a new payment and what is to be reported
 * about it; where a payment may not move, {@link MoveRefused} is thrown.
 *
 * @param owner whose API key created it
 * @param captured what was taken so far
 * @param refunded what was given back so far; pending refunds don't count
 * @param card the number of the last card tried
 * @param settleAt when the awaited answer of a card or of a refund comes
 * @param expiresAt when an unpaid payment is given up
 * @param version counts the changes
 */
public record Payment(
        String id,
        String owner,
        String orderId,
        long amount,
        String currency,
        CaptureMode capture,
        PaymentStatus status,
        long captured,
        long refunded,
        List<CardAttempt> attempts,
        List<Refund> refunds,
        @Nullable String card,
        @Nullable Instant settleAt,
        Instant expiresAt,
        Instant createdAt,
        Instant updatedAt,
        int version) {

    public Payment {
        if (amount <= 0) {
            throw new IllegalArgumentException("a payment is of at least one minor unit");
        }
        if (captured < 0 || captured > amount || refunded < 0 || refunded > captured) {
            throw new IllegalArgumentException("captured and refunded don't add up");
        }
        attempts = List.copyOf(attempts);
        refunds = List.copyOf(refunds);
    }

    /** A payment that nobody has tried to pay. */
    public static Payment create(
            String id,
            String owner,
            String orderId,
            long amount,
            String currency,
            CaptureMode capture,
            Instant now,
            Instant expiresAt) {
        return new Payment(
                id,
                owner,
                orderId,
                amount,
                currency,
                capture,
                PaymentStatus.PENDING,
                0,
                0,
                List.of(),
                List.of(),
                null,
                null,
                expiresAt,
                now,
                now,
                0);
    }

    /** The customer tries to pay with a card. */
    public Change confirm(TestCard with, Instant now) {
        requirePayable();
        Draft draft = new Draft(this, now);
        draft.card = with.number();
        int number = attempts.size() + 1;
        if (!with.delay().isZero()) {
            draft.move(PaymentFact.HELD);
            draft.settleAt = now.plus(with.delay());
            draft.attempts.add(new CardAttempt(number, with.lastFour(), CardAnswer.PENDING, null, now));
            return draft.done();
        }
        return draft.answered(with, number, with.declines(number));
    }

    /** The customer says no: an attempt that is declined whatever the card. */
    public Change decline(Instant now) {
        requirePayable();
        return new Draft(this, now).answered(TestCard.ALL.get(1), attempts.size() + 1, true);
    }

    /** Only where a card's answer could be awaited may a customer try a card: not while another one is. */
    private void requirePayable() {
        PaymentLifecycle.after(status, PaymentFact.HELD).orThrow();
    }

    /** Takes a reserved amount, or a part of it; the rest is released. */
    public Change capture(@Nullable Long part, Instant now) {
        Draft draft = new Draft(this, now);
        draft.move(PaymentFact.CAPTURED);
        draft.captured = Objects.requireNonNullElse(part, amount);
        if (draft.captured > amount) {
            throw new MoveRefused(Refusal.TOO_MUCH);
        }
        return draft.report(EventType.PAYMENT_SUCCESS, draft.captured, null).done();
    }

    /** The merchant gives up. */
    public Change cancel(Instant now) {
        return end(PaymentFact.CANCELLED, now);
    }

    /** Nobody paid in time. */
    public Change expire(Instant now) {
        return end(PaymentFact.EXPIRED, now);
    }

    private Change end(PaymentFact fact, Instant now) {
        Draft draft = new Draft(this, now);
        draft.move(fact);
        return draft.report(EventType.PAYMENT_CANCELLED, amount, null).done();
    }

    /** What can still be refunded: pending refunds are spoken for. */
    public long refundable() {
        long pending = refunds.stream()
                .filter(refund -> refund.status() == RefundStatus.PENDING)
                .mapToLong(Refund::amount)
                .sum();
        return captured - refunded - pending;
    }

    /** Gives money back: everything that is left, or a part of it. */
    public Change refund(String refundId, @Nullable Long part, Instant now) {
        PaymentLifecycle.after(status, PaymentFact.PARTLY_REFUNDED).orThrow();
        long wanted = part != null ? part : refundable();
        if (wanted > refundable() || wanted == 0) {
            throw new MoveRefused(Refusal.TOO_MUCH);
        }
        TestCard used = usedCard();
        Draft draft = new Draft(this, now);
        boolean later = !used.refundWait().isZero();
        draft.refunds.add(
                new Refund(refundId, wanted, RefundStatus.PENDING, now, later ? now.plus(used.refundWait()) : null));
        if (!later) {
            draft.decideRefund(draft.refunds.size() - 1, used);
        }
        return draft.done();
    }

    /** The awaited answers that are due come in. */
    public Change settle(Instant now) {
        Draft draft = new Draft(this, now);
        TestCard used = usedCard();
        if (status == PaymentStatus.PROCESSING && settleAt != null && !settleAt.isAfter(now)) {
            int last = attempts.size() - 1;
            draft.attempts.remove(last);
            draft.answered(used, last + 1, used.declines(last + 1));
        }
        for (int i = 0; i < refunds.size(); i++) {
            Instant due = refunds.get(i).settleAt();
            if (due != null && !due.isAfter(now)) {
                draft.decideRefund(i, used);
            }
        }
        return draft.done();
    }

    private TestCard usedCard() {
        return card == null ? TestCard.ALL.get(0) : TestCard.of(card);
    }

    /** The payment as it was before anything happened to it. */
    public Payment asCreated() {
        return create(id, owner, orderId, amount, currency, capture, createdAt, expiresAt);
    }

    /** Whether {@link #expire} is possible once the time has come. */
    public boolean open() {
        return PaymentLifecycle.after(status, PaymentFact.EXPIRED) instanceof Transition.To;
    }

    /** What changed, and what is to be reported, in this order. */
    public record Change(Payment payment, List<Happening> happenings) {}

    /** Something to report; it becomes an {@link Event}. */
    public record Happening(EventType type, long amount, PaymentStatus status, @Nullable String refundId) {}

    /** The next version while it is made. */
    private static final class Draft {

        private final Payment before;
        private final Instant now;
        private final List<CardAttempt> attempts;
        private final List<Refund> refunds;
        private final List<Happening> happenings = new ArrayList<>();
        private PaymentStatus status;
        private long captured;
        private long refunded;
        private @Nullable String card;
        private @Nullable Instant settleAt;

        Draft(Payment before, Instant now) {
            this.before = before;
            this.now = now;
            this.attempts = new ArrayList<>(before.attempts);
            this.refunds = new ArrayList<>(before.refunds);
            this.status = before.status;
            this.captured = before.captured;
            this.refunded = before.refunded;
            this.card = before.card;
        }

        void move(PaymentFact fact) {
            status = PaymentLifecycle.after(status, fact).orThrow();
        }

        Change answered(TestCard with, int number, boolean declined) {
            String failureCode = declined ? with.failureCode() : null;
            CardAnswer answer = declined ? CardAnswer.DECLINED : CardAnswer.APPROVED;
            attempts.add(new CardAttempt(number, with.lastFour(), answer, failureCode, now));
            if (declined) {
                move(PaymentFact.DECLINED);
                return report(EventType.PAYMENT_FAILED, before.amount, null).done();
            }
            if (before.capture == CaptureMode.MANUAL) {
                move(PaymentFact.AUTHORIZED);
                return done();
            }
            move(PaymentFact.APPROVED);
            captured = before.amount;
            return report(EventType.PAYMENT_SUCCESS, before.amount, null).done();
        }

        void decideRefund(int index, TestCard with) {
            Refund refund = refunds.get(index);
            if (with.refundFails()) {
                refunds.set(index, refund.decided(RefundStatus.FAILED));
                report(EventType.REFUND_FAILED, refund.amount(), refund.id());
                return;
            }
            refunds.set(index, refund.decided(RefundStatus.SUCCEEDED));
            refunded += refund.amount();
            move(refunded == captured ? PaymentFact.REFUNDED : PaymentFact.PARTLY_REFUNDED);
            report(EventType.REFUND_SUCCESS, refund.amount(), refund.id());
        }

        Draft report(EventType type, long amount, @Nullable String refundId) {
            happenings.add(new Happening(type, amount, status, refundId));
            return this;
        }

        Change done() {
            Instant next = Stream.concat(
                            Stream.ofNullable(settleAt), refunds.stream().map(Refund::settleAt))
                    .filter(Objects::nonNull)
                    .min(Instant::compareTo)
                    .orElse(null);
            Payment after = new Payment(
                    before.id,
                    before.owner,
                    before.orderId,
                    before.amount,
                    before.currency,
                    before.capture,
                    status,
                    captured,
                    refunded,
                    attempts,
                    refunds,
                    card,
                    next,
                    before.expiresAt,
                    before.createdAt,
                    now,
                    before.version + 1);
            return new Change(after, List.copyOf(happenings));
        }
    }
}
