package dev.bellhop.order.app;

import dev.bellhop.order.app.RefundOrder.NoPayment;
import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Origin;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.domain.PaymentFact.Ruling;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.Refusal;
import dev.bellhop.order.domain.Stage;
import dev.bellhop.order.domain.Standing;
import dev.bellhop.order.domain.Transition;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.function.LongPredicate;
import org.jspecify.annotations.Nullable;

/**
 * An operator decides about an order in review, and says why. Facts that come later are judged anew, unless they say what the
 * operator has dismissed.
 */
@Singleton
public final class ResolveReview {

    private final GiveBack giveBack;
    private final KeepDecision keepDecision;

    ResolveReview(GiveBack giveBack, KeepDecision keepDecision) {
        this.giveBack = giveBack;
        this.keepDecision = keepDecision;
    }

    /** What can be decided. */
    public enum Decision {
        /** The money is taken as it is, and the order goes on; one that was cancelled or had expired is open again. */
        ACCEPT,
        /** All that was captured goes back; the order leaves review when the provider reports it. */
        REFUND,
        /** The order is cancelled; what was captured was settled outside, and what can still be paid is closed. */
        CANCEL
    }

    /**
     * Fails with {@link MoveRefused} if the order is not in review, {@link NoPayment} if there is nothing to give back,
     * {@link VersionDiffers} if something happened to it that the operator has not seen.
     *
     * @param meant whether a version is the one that was decided about
     */
    public Uni<Order> run(
            OrderId id, Actor actor, LongPredicate meant, Decision decision, String reason, @Nullable String traceId) {
        Origin origin = Origin.api(actor, traceId).because(decision.name().toLowerCase(Locale.ROOT) + ": " + reason);
        return decision == Decision.REFUND
                ? refund(id, actor, meant, origin)
                : keepDecision.run(id, actor, meant, decision, origin);
    }

    private Uni<Order> refund(OrderId id, Actor actor, LongPredicate meant, Origin origin) {
        return keepDecision
                .refunds(id, actor, meant)
                .chain(refunds -> giveBack.unlessUnderway(id, refunds))
                .chain(() -> keepDecision.run(id, actor, meant, Decision.REFUND, origin));
    }

    private static void mustBeInReview(Order order, LongPredicate meant) {
        VersionDiffers.unless(meant, order);
        if (order.status() != OrderStatus.NEEDS_REVIEW) {
            throw new MoveRefused(order.status(), new Transition.Refused(Refusal.CONFLICT, "not_in_review"));
        }
    }

    /** The parts that are transactions. */
    @Singleton
    static final class KeepDecision {

        private final Orders orders;
        private final Clock clock;

        KeepDecision(Orders orders, Clock clock) {
            this.orders = orders;
            this.clock = clock;
        }

        /** Of all that was captured and kept, of an order that nobody let out of its review meanwhile. Fails with {@link NoPayment} if there is nothing, or nobody can say of which payment. */
        @WithTransaction
        public Uni<List<Refund>> refunds(OrderId id, Actor actor, LongPredicate meant) {
            return orders.lock(id, actor)
                    .invoke(order -> mustBeInReview(order, meant))
                    .chain(order -> orders.facts(id)
                            .map(facts -> Refund.shares(
                                            order, facts, order.ledger().kept())
                                    .entrySet()
                                    .stream()
                                    .map(share -> refund(id, share.getKey(), share.getValue(), facts))
                                    .toList()));
        }

        /**
         * Another attempt after each that failed. A payment's name with a hyphen stands behind what no order's id has: or an
         * order whose id begins like the name of another's could have the same attempt.
         */
        private static Refund refund(OrderId id, String paymentId, long amount, List<PaymentFact> facts) {
            List<PaymentFact> own = facts.stream()
                    .filter(fact -> fact.paymentId().equals(paymentId))
                    .toList();
            String attempt = "review-" + id + (paymentId.contains("-") ? "/" : "-") + paymentId + "-" + amount;
            return new Refund(paymentId, amount, attempt + Refund.afterFailures(own));
        }

        /** A refund was asked for already: that is remembered, whatever became of the order meanwhile. */
        @WithTransaction
        public Uni<Order> run(OrderId id, Actor actor, LongPredicate meant, Decision decision, Origin origin) {
            return orders.lock(id, actor).chain(order -> switch (decision) {
                case ACCEPT -> decide(order, meant, Ruling.ACCEPTED, goesOn(order.stage()), origin);
                case CANCEL ->
                    decide(order, meant, Ruling.DISMISSED, Stage.CANCELLED, origin)
                            .call(cancelled -> orders.expectClosing(cancelled.id(), cancelled.updatedAt()));
                case REFUND -> store(order, order.at(order.stage(), clock.instant()), origin);
            });
        }

        private static Stage goesOn(Stage stage) {
            return switch (stage) {
                case CANCELLED, EXPIRED -> Stage.OPEN;
                case OPEN, SHIPPED, DELIVERED -> stage;
            };
        }

        private Uni<Order> decide(Order order, LongPredicate meant, Ruling ruling, Stage stage, Origin origin) {
            mustBeInReview(order, meant);
            // Beside money that is there, what the provider knows nothing of is none: it could never be given back.
            boolean alsoDenied = ruling == Ruling.ACCEPTED && order.ledger().standing() == Standing.UNKNOWN_PAYMENT;
            return orders.rule(order.id(), ruling, alsoDenied)
                    .chain(() -> orders.facts(order.id()))
                    .chain(facts -> {
                        Order next = order.decided(stage, PaymentLedger.of(order.total(), facts), clock.instant());
                        return store(order, next, origin);
                    });
        }

        private Uni<Order> store(Order before, Order next, Origin origin) {
            Change change = next.since(before, origin);
            return orders.update(next, change).replaceWith(next);
        }
    }
}
