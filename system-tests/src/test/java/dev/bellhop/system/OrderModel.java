package dev.bellhop.system;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What becomes of an order, told by the article's words alone: nothing of order-service's own code is used. */
enum OrderModel {
    PENDING("Pending"),
    FAILED("PaymentFailed"),
    PAID("Paid"),
    SHIPPED("Shipped"),
    DELIVERED("Delivered"),
    CANCELLED("Cancelled"),
    REFUNDED("Refunded"),
    REVIEW("NeedsReview"),
    GONE("");

    /** What somebody does: the client, or the provider by webhook. */
    enum Act {
        REVISE,
        REMOVE,
        CANCEL,
        SHIP,
        DELIVER,
        SUCCEEDS,
        FAILS,
        GOES_BACK;

        boolean isOfTheProvider() {
            return compareTo(SUCCEEDS) >= 0;
        }
    }

    private static final Map<OrderModel, Map<Act, OrderModel>> NEXT = new EnumMap<>(OrderModel.class);

    static {
        may(PENDING, Act.REVISE, PENDING);
        may(PENDING, Act.REMOVE, GONE);
        may(PENDING, Act.CANCEL, CANCELLED);
        may(PENDING, Act.SUCCEEDS, PAID);
        may(PENDING, Act.FAILS, FAILED);
        may(FAILED, Act.CANCEL, CANCELLED);
        may(FAILED, Act.SUCCEEDS, PAID);
        may(PAID, Act.SHIP, SHIPPED);
        may(SHIPPED, Act.DELIVER, DELIVERED);
        may(PAID, Act.GOES_BACK, REFUNDED);
        may(SHIPPED, Act.GOES_BACK, REFUNDED);
        may(DELIVERED, Act.GOES_BACK, REFUNDED);
        may(CANCELLED, Act.SUCCEEDS, REVIEW);
        may(REVIEW, Act.GOES_BACK, REFUNDED);
    }

    private final String status;

    OrderModel(String status) {
        this.status = status;
    }

    private static void may(OrderModel from, Act act, OrderModel to) {
        NEXT.computeIfAbsent(from, state -> new EnumMap<>(Act.class)).put(act, to);
    }

    /** The word on the wire; empty if there is no such order. */
    String status() {
        return status;
    }

    /** What the order is after the act; null if the act changes nothing, or is refused. */
    @Nullable
    OrderModel after(Act act) {
        return NEXT.getOrDefault(this, Map.of()).get(act);
    }
}
