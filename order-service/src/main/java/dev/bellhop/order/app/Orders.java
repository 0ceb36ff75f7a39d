package dev.bellhop.order.app;

import dev.bellhop.order.domain.Actor;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.PaymentFact;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: the orders, with their history and outbox. Writing joins the caller's transaction. */
public interface Orders {

    /** The order, if the actor may know of it. Fails with {@link NoSuchOrder}. */
    Uni<Order> get(OrderId id, Actor actor);

    /** The same, locked until the transaction ends. */
    Uni<Order> lock(OrderId id, Actor actor);

    /** Where the order stands, by one index look-up. Fails with {@link NoSuchOrder}. */
    Uni<Position> position(OrderId id, Actor actor);

    /** The changes of an order behind a version, the oldest first, no more than {@code most}. Says nothing about whom they concern: {@link #position} does. */
    Uni<List<Change>> history(OrderId id, long after, int most);

    /**
     * Makes room for a new order: from here to the end of the transaction no event of this id can be parked unseen.
     * Fails with {@link OrderExists}.
     */
    Uni<Room> reserve(OrderId id);

    /**
     * Room for a new order.
     *
     * @param early the facts of events that came before it
     * @param version the last of an order of this id that was removed, else 0: no version comes twice
     */
    record Room(List<PaymentFact> early, long version) {

        /** For an id that nobody can have heard of. */
        static final Room FRESH = new Room(List.of(), 0);
    }

    /** All facts about an order's money. */
    Uni<List<PaymentFact>> facts(OrderId id);

    /** Rules about every capture of a locked order that still counts; about those that the provider denied only if so told. */
    Uni<Void> rule(OrderId id, PaymentFact.Ruling ruling, boolean alsoDenied);

    /** The parked events of a new order count as applied. */
    Uni<Void> unpark(OrderId id);

    /** A new order, with its first changes and their outbox records; {@code doubtful}: the provider must be asked now. */
    Uni<Void> insert(Order order, List<Change> changes, boolean doubtful);

    /** The next version of a locked order, with its change and outbox record. */
    Uni<Void> update(Order order, Change change);

    /** The next version of a locked order, when nothing about it changed that others should hear of. */
    Uni<Void> keep(Order order);

    /**
     * Nobody shall pay for the order any more. The provider is told so, again and again from {@link Questions#TAKEN} after
     * {@code since} on, unless it has {@linkplain Questions#closed confirmed} it by then.
     */
    Uni<Void> expectClosing(OrderId id, Instant since);

    /** Removes a locked order, with its history; its version is kept. */
    Uni<Void> remove(Order order, Change change);

    /**
     * Orders that fit and that the actor may know of, newest first, from behind {@code after}. However many orders there are, a
     * bounded number is looked through: there may be fewer than {@code most}, even none, though there are more to find.
     */
    Uni<Found> find(Filter filter, Actor actor, @Nullable Place after, int most);

    /**
     * What is known without loading the order.
     *
     * @param version for the ETag
     */
    record Position(OrderStatus status, long version) {}

    /**
     * A part of what there is to find.
     *
     * @param next behind which place to look for more; null if there is no more
     */
    record Found(List<Order> orders, @Nullable Place next) {}

    /** A place in a list that stays right while rows are added. */
    record Place(Instant createdAt, String orderId) {

        public static Place of(Order order) {
            return new Place(order.createdAt(), order.id().value());
        }
    }

    /**
     * What is looked for; null means any.
     *
     * @param text the beginning of an order id or customer id
     */
    record Filter(
            @Nullable String customerId,
            @Nullable OrderStatus status,
            @Nullable String text,
            @Nullable Instant createdFrom,
            @Nullable Instant createdTo) {}

    /** There is no such order for this actor. */
    final class NoSuchOrder extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public NoSuchOrder() {
            super("there is no such order");
        }
    }

    /** The id is taken. */
    final class OrderExists extends RuntimeException {

        private static final long serialVersionUID = 1L;

        public OrderExists() {
            super("there is an order with this id");
        }
    }
}
