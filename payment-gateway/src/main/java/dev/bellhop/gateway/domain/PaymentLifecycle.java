package dev.bellhop.gateway.domain;

import static dev.bellhop.gateway.domain.PaymentStatus.AUTHORIZED;
import static dev.bellhop.gateway.domain.PaymentStatus.CANCELLED;
import static dev.bellhop.gateway.domain.PaymentStatus.FAILED;
import static dev.bellhop.gateway.domain.PaymentStatus.PAID;
import static dev.bellhop.gateway.domain.PaymentStatus.PARTIALLY_REFUNDED;
import static dev.bellhop.gateway.domain.PaymentStatus.PROCESSING;
import static dev.bellhop.gateway.domain.PaymentStatus.REFUNDED;

/** The whole life of a payment: one row per status, one column per fact. */
public final class PaymentLifecycle {

    private static final Transition TAKEN = new Transition.Refused(Refusal.ALREADY_PAID);
    private static final Transition RESERVED = new Transition.Refused(Refusal.ALREADY_AUTHORIZED);
    private static final Transition BUSY = new Transition.Refused(Refusal.BEING_PROCESSED);
    private static final Transition GONE = new Transition.Refused(Refusal.CANCELLED);
    private static final Transition NO_HOLD = new Transition.Refused(Refusal.NOT_AUTHORIZED);
    private static final Transition UNPAID = new Transition.Refused(Refusal.NOT_PAID);
    private static final Transition EMPTY = new Transition.Refused(Refusal.FULLY_REFUNDED);

    private PaymentLifecycle() {}

    /** Where {@code fact} takes a payment that is {@code status}. */
    public static Transition after(PaymentStatus status, PaymentFact fact) {
        // spotless:off
        Row row = switch (status) {
            //                                  approved  authorized      held            declined    captured  cancelled      expired        partly refunded         refunded
            case PENDING            -> new Row(to(PAID), to(AUTHORIZED), to(PROCESSING), to(FAILED), NO_HOLD,  to(CANCELLED), to(CANCELLED), UNPAID,                 UNPAID);
            case PROCESSING         -> new Row(to(PAID), to(AUTHORIZED), BUSY,           to(FAILED), NO_HOLD,  BUSY,          BUSY,          UNPAID,                 UNPAID);
            case AUTHORIZED         -> new Row(RESERVED, RESERVED,       RESERVED,       RESERVED,   to(PAID), to(CANCELLED), to(CANCELLED), UNPAID,                 UNPAID);
            case FAILED             -> new Row(to(PAID), to(AUTHORIZED), to(PROCESSING), to(FAILED), NO_HOLD,  to(CANCELLED), to(CANCELLED), UNPAID,                 UNPAID);
            case PAID               -> new Row(TAKEN,    TAKEN,          TAKEN,          TAKEN,      TAKEN,    TAKEN,         TAKEN,         to(PARTIALLY_REFUNDED), to(REFUNDED));
            case PARTIALLY_REFUNDED -> new Row(TAKEN,    TAKEN,          TAKEN,          TAKEN,      TAKEN,    TAKEN,         TAKEN,         to(PARTIALLY_REFUNDED), to(REFUNDED));
            case REFUNDED           -> new Row(EMPTY,    EMPTY,          EMPTY,          EMPTY,      EMPTY,    EMPTY,         EMPTY,         EMPTY,                  EMPTY);
            case CANCELLED          -> new Row(GONE,     GONE,           GONE,           GONE,       GONE,     GONE,          GONE,          GONE,                   GONE);
        };
        // spotless:on
        return row.at(fact);
    }

    private static Transition to(PaymentStatus status) {
        return new Transition.To(status);
    }

    private record Row(
            Transition approved,
            Transition authorized,
            Transition held,
            Transition declined,
            Transition captured,
            Transition cancelled,
            Transition expired,
            Transition partlyRefunded,
            Transition refunded) {

        Transition at(PaymentFact fact) {
            return switch (fact) {
                case APPROVED -> approved;
                case AUTHORIZED -> authorized;
                case HELD -> held;
                case DECLINED -> declined;
                case CAPTURED -> captured;
                case CANCELLED -> cancelled;
                case EXPIRED -> expired;
                case PARTLY_REFUNDED -> partlyRefunded;
                case REFUNDED -> refunded;
            };
        }
    }
}
