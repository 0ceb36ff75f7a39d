package dev.bellhop.order.domain;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An order and where it stands. Immutable: each change gives the next version.
 *
 * @param owner whose API key placed it
 * @param stage what we did with it
 * @param ledger what its payments amount to
 * @param payment what the provider gave us to pay with, once asked
 * @param version 1 when placed, one more with each change
 * @param updatedAt of this version: never before the version before it, also where the clock of the host that made it was behind
 */
public record Order(
        OrderId id,
        String customerId,
        String owner,
        Money total,
        List<Item> items,
        Stage stage,
        PaymentLedger ledger,
        @Nullable RequestedPayment payment,
        long version,
        Instant createdAt,
        Instant updatedAt) {

    /** The payment that we asked the provider for. */
    public record RequestedPayment(String paymentId, @Nullable String checkoutUrl) {}

    public Order {
        items = List.copyOf(items);
        if (total.amount() < 1 || version < 1) {
            throw new IllegalArgumentException("an order costs something and has a version");
        }
    }

    /** A new order, {@link OrderStatus#PENDING}. */
    public static Order placed(
            OrderId id, String customerId, String owner, Money total, List<Item> items, long version, Instant now) {
        return new Order(id, customerId, owner, total, items, Stage.OPEN, PaymentLedger.EMPTY, null, version, now, now);
    }

    public OrderStatus status() {
        return position().status();
    }

    /** Why it needs a review; null if it does not. */
    public @Nullable ReviewReason reviewReason() {
        return position().reason();
    }

    private OrderLifecycle.Position position() {
        return OrderLifecycle.position(stage, ledger.standing());
    }

    /** Whether the move is allowed now, and why not. */
    public Transition allows(Move move) {
        return OrderLifecycle.after(stage, ledger.standing(), move);
    }

    /** The next version, at another stage. */
    public Order at(Stage next, Instant now) {
        return new Order(
                id, customerId, owner, total, items, next, ledger, payment, version + 1, createdAt, notBefore(now));
    }

    /** The next version, with other payments; this very order if they amount to the same. */
    public Order with(PaymentLedger next, Instant now) {
        if (next.equals(ledger)) {
            return this;
        }
        return new Order(
                id, customerId, owner, total, items, stage, next, payment, version + 1, createdAt, notBefore(now));
    }

    /** The next version, after an operator decided about its stage and its money. */
    public Order decided(Stage next, PaymentLedger judged, Instant now) {
        return new Order(
                id, customerId, owner, total, items, next, judged, payment, version + 1, createdAt, notBefore(now));
    }

    /** The next version, with a payment to pay by. */
    public Order with(RequestedPayment next, Instant now) {
        return new Order(
                id, customerId, owner, total, items, stage, ledger, next, version + 1, createdAt, notBefore(now));
    }

    /** The next version, with other contents; only while no payment was asked for. */
    public Order revised(String customer, Money price, List<Item> contents, Instant now) {
        return new Order(
                id, customer, owner, price, contents, stage, ledger, payment, version + 1, createdAt, notBefore(now));
    }

    /**
     * Whether {@code fact}, beside those that were {@code known}, is the first word of a refund that failed. It moves no money,
     * but whoever asked for it is told. One that went through did not fail.
     */
    public boolean hearsOfFailedRefund(PaymentFact fact, Collection<PaymentFact> known) {
        return fact.kind() == PaymentFact.Kind.REFUND_FAILED
                && ledger.kept() > 0
                && known.stream().noneMatch(other -> tellsOfTheSameRefund(other, fact));
    }

    /** Two that failed and have no name are two. */
    private static boolean tellsOfTheSameRefund(PaymentFact other, PaymentFact fact) {
        return switch (other.kind()) {
            case REFUNDED -> other.refundId().equals(fact.refundId());
            case REFUND_FAILED ->
                other.refundId().equals(fact.refundId()) && !other.refundId().isEmpty();
            case CAPTURED, FAILED, CANCELLED -> false;
        };
    }

    /** What the history says about the step from {@code before} to this version. */
    public Change since(@Nullable Order before, Origin origin) {
        OrderStatus from = before == null ? null : before.status();
        return new Change(id, version, updatedAt, from, status(), typeSince(from), origin);
    }

    private String typeSince(@Nullable OrderStatus from) {
        if (from == null) {
            return "OrderPlaced";
        }
        return from == status() ? "OrderUpdated" : "Order" + status().word();
    }

    private Instant notBefore(Instant now) {
        return now.isBefore(updatedAt) ? updatedAt : now;
    }
}
