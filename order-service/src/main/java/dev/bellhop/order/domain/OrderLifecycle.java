package dev.bellhop.order.domain;

import static dev.bellhop.order.domain.OrderStatus.CANCELLED;
import static dev.bellhop.order.domain.OrderStatus.DELIVERED;
import static dev.bellhop.order.domain.OrderStatus.EXPIRED;
import static dev.bellhop.order.domain.OrderStatus.PAID;
import static dev.bellhop.order.domain.OrderStatus.PARTIALLY_REFUNDED;
import static dev.bellhop.order.domain.OrderStatus.PAYMENT_FAILED;
import static dev.bellhop.order.domain.OrderStatus.PENDING;
import static dev.bellhop.order.domain.OrderStatus.REFUNDED;
import static dev.bellhop.order.domain.OrderStatus.SHIPPED;
import static dev.bellhop.order.domain.ReviewReason.AMOUNT_MISMATCH;
import static dev.bellhop.order.domain.ReviewReason.CURRENCY_MISMATCH;
import static dev.bellhop.order.domain.ReviewReason.OVERPAID;
import static dev.bellhop.order.domain.ReviewReason.PAID_AFTER_CANCEL;
import static dev.bellhop.order.domain.ReviewReason.UNKNOWN_PAYMENT;

import org.jspecify.annotations.Nullable;

/**
 * The whole life of an order, in two total tables.
 *
 * <p>{@link #position} says where an order stands: a pure function of what <em>we</em> did (its stage, one row each) and
 * of what the payment facts amount to (their standing, one column each). Since the standing is a fold over a set, no
 * order of deliveries can change the outcome. {@link #after} says which moves a status allows, and names each refusal.
 * A new stage, standing, status or move breaks the build until its cells are filled.
 */
public final class OrderLifecycle {

    private OrderLifecycle() {}

    /** A status, with the reason if it is {@link OrderStatus#NEEDS_REVIEW}. */
    public record Position(OrderStatus status, @Nullable ReviewReason reason) {

        public Position {
            if ((status == OrderStatus.NEEDS_REVIEW) != (reason != null)) {
                throw new IllegalArgumentException("a review has a reason, and nothing else has one");
            }
        }
    }

    /** Where an order at this stage stands when its payments stand so. */
    public static Position position(Stage stage, Standing standing) {
        // spotless:off
        Positions row = switch (stage) {
            //                              unpaid         failed              captured       partly refunded         refunded       currency                 amount                 overpaid       unknown
            case OPEN      -> new Positions(at(PENDING),   at(PAYMENT_FAILED), at(PAID),      at(PARTIALLY_REFUNDED), at(REFUNDED),  in(CURRENCY_MISMATCH),   in(AMOUNT_MISMATCH),   in(OVERPAID),  in(UNKNOWN_PAYMENT));
            case SHIPPED   -> new Positions(at(SHIPPED),   at(SHIPPED),        at(SHIPPED),   at(PARTIALLY_REFUNDED), at(REFUNDED),  in(CURRENCY_MISMATCH),   in(AMOUNT_MISMATCH),   in(OVERPAID),  in(UNKNOWN_PAYMENT));
            case DELIVERED -> new Positions(at(DELIVERED), at(DELIVERED),      at(DELIVERED), at(PARTIALLY_REFUNDED), at(REFUNDED),  in(CURRENCY_MISMATCH),   in(AMOUNT_MISMATCH),   in(OVERPAID),  in(UNKNOWN_PAYMENT));
            case CANCELLED -> new Positions(at(CANCELLED), at(CANCELLED), in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), at(REFUNDED), in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), at(CANCELLED));
            case EXPIRED   -> new Positions(at(EXPIRED),   at(EXPIRED),   in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), at(REFUNDED), in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), in(PAID_AFTER_CANCEL), at(EXPIRED));
        };
        // spotless:on
        return row.under(standing);
    }

    /** What becomes of {@code move} for an order at this stage whose payments stand so. */
    public static Transition after(Stage stage, Standing standing, Move move) {
        OrderStatus status = position(stage, standing).status();
        // A part that went back hides what was done with the rest: look beneath it, except for money's own moves.
        if (status == PARTIALLY_REFUNDED && move != Move.PAY && move != Move.REFUND) {
            return after(stage, Standing.CAPTURED, move);
        }
        // spotless:off
        Moves row = switch (status) {
            //                                   ship                      deliver                    cancel                     expire                      revise                       pay                          refund
            case PENDING            -> new Moves(early("not_paid"),        early("not_shipped"),      to(Stage.CANCELLED),       to(Stage.EXPIRED),          to(stage),                   to(stage),                   early("not_paid"));
            case PAYMENT_FAILED     -> new Moves(early("not_paid"),        early("not_shipped"),      to(Stage.CANCELLED),       to(Stage.EXPIRED),          conflict("not_pending"),     to(stage),                   early("not_paid"));
            case PAID               -> new Moves(to(Stage.SHIPPED),        early("not_shipped"),      conflict("already_paid"),  stale("already_paid"),      conflict("already_paid"),    duplicate("already_paid"),   to(stage));
            case SHIPPED            -> new Moves(duplicate("already_shipped"), to(Stage.DELIVERED),   conflict("already_shipped"), stale("already_shipped"), conflict("already_shipped"), duplicate("already_paid"),   to(stage));
            case DELIVERED          -> new Moves(stale("already_delivered"), duplicate("already_delivered"), conflict("already_delivered"), stale("already_delivered"), conflict("already_delivered"), duplicate("already_paid"), to(stage));
            case CANCELLED          -> new Moves(conflict("cancelled"),    conflict("cancelled"),     duplicate("already_cancelled"), stale("already_cancelled"), conflict("cancelled"),  conflict("cancelled"),       conflict("cancelled"));
            case EXPIRED            -> new Moves(conflict("expired"),      conflict("expired"),       stale("already_expired"),  duplicate("already_expired"), conflict("expired"),       conflict("expired"),         conflict("expired"));
            case PARTIALLY_REFUNDED -> new Moves(to(stage),                to(stage),                 conflict("already_paid"),  stale("already_paid"),      conflict("already_paid"),    duplicate("already_paid"),   to(stage));
            case REFUNDED           -> new Moves(conflict("refunded"),     conflict("refunded"),      conflict("refunded"),      stale("refunded"),          conflict("refunded"),        conflict("refunded"),        duplicate("already_refunded"));
            case NEEDS_REVIEW       -> new Moves(conflict("in_review"),    conflict("in_review"),     conflict("in_review"),     conflict("in_review"),      conflict("in_review"),       conflict("in_review"),       conflict("in_review"));
        };
        // spotless:on
        return row.under(move);
    }

    private record Positions(
            Position unpaid,
            Position failed,
            Position captured,
            Position partlyRefunded,
            Position refunded,
            Position currencyMismatch,
            Position amountMismatch,
            Position overpaid,
            Position unknownPayment) {

        Position under(Standing standing) {
            return switch (standing) {
                case UNPAID -> unpaid;
                case FAILED -> failed;
                case CAPTURED -> captured;
                case PARTLY_REFUNDED -> partlyRefunded;
                case REFUNDED -> refunded;
                case CURRENCY_MISMATCH -> currencyMismatch;
                case AMOUNT_MISMATCH -> amountMismatch;
                case OVERPAID -> overpaid;
                case UNKNOWN_PAYMENT -> unknownPayment;
            };
        }
    }

    private record Moves(
            Transition ship,
            Transition deliver,
            Transition cancel,
            Transition expire,
            Transition revise,
            Transition pay,
            Transition refund) {

        Transition under(Move move) {
            return switch (move) {
                case SHIP -> ship;
                case DELIVER -> deliver;
                case CANCEL -> cancel;
                case EXPIRE -> expire;
                case REVISE -> revise;
                case PAY -> pay;
                case REFUND -> refund;
            };
        }
    }

    private static Position at(OrderStatus status) {
        return new Position(status, null);
    }

    private static Position in(ReviewReason reason) {
        return new Position(OrderStatus.NEEDS_REVIEW, reason);
    }

    private static Transition to(Stage stage) {
        return new Transition.Allowed(stage);
    }

    private static Transition duplicate(String code) {
        return new Transition.Refused(Refusal.DUPLICATE, code);
    }

    private static Transition stale(String code) {
        return new Transition.Refused(Refusal.STALE, code);
    }

    private static Transition conflict(String code) {
        return new Transition.Refused(Refusal.CONFLICT, code);
    }

    private static Transition early(String code) {
        return new Transition.Refused(Refusal.EARLY, code);
    }
}
