package dev.bellhop.contract;

import java.util.List;

/** The topics that Bellhop's services share. A source publishes to {@code webhooks.} and its name, unless it is told otherwise. */
public final class Topics {

    /** Verified payment webhooks: exact bytes as value, order id as key. */
    public static final String PAYMENTS = "webhooks.payments";

    /** Records of {@link #PAYMENTS} that can never be applied, with the reason in {@link EventHeaders#REASON}. */
    public static final String PAYMENTS_DEAD_LETTERS = "webhooks.payments.dlq";

    /** What the ingress refused, capped and redacted. Nobody acts on it. */
    public static final String REJECTED = "webhooks.rejected";

    /** Every change of an order: {@link OrderEvent} as value, order id as key. */
    public static final String ORDERS = "orders.events";

    /** Every topic above. */
    public static final List<String> ALL = List.of(PAYMENTS, PAYMENTS_DEAD_LETTERS, REJECTED, ORDERS);

    private Topics() {}
}
