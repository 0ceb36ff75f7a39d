package dev.bellhop.order.app;

import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Refusal;
import dev.bellhop.order.domain.Transition;

/** The order's status does not allow the move. Nothing was changed. */
public final class MoveRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String code;

    MoveRefused(OrderStatus status, Transition.Refused refused) {
        super("the order is " + status.word() + ": " + refused.code().replace('_', ' '));
        this.refusal = refused.refusal();
        this.code = refused.code();
    }

    public Refusal refusal() {
        return refusal;
    }

    /** What stands in the way, stable. */
    public String code() {
        return code;
    }
}
