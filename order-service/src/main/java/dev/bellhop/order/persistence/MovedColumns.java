package dev.bellhop.order.persistence;

import static dev.bellhop.order.persistence.Columns.numbers;
import static dev.bellhop.order.persistence.Columns.texts;
import static dev.bellhop.order.persistence.Columns.times;

import dev.bellhop.order.app.EventBatches;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderStatus;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The columns of what {@link PostgresBatch#update} writes, and {@link PostgresOrders} of changes. */
final class MovedColumns {

    private MovedColumns() {}

    private record Step(Order order, Change change) {}

    static List<Object> orders(List<EventBatches.Moved> moved) {
        List<Order> orders = moved.stream().map(EventBatches.Moved::order).toList();
        return List.of(
                texts(orders, order -> order.id().value()),
                texts(orders, order -> order.ledger().standing().name()),
                numbers(orders, order -> order.ledger().captured()),
                numbers(orders, order -> order.ledger().refunded()),
                orders.stream().map(order -> order.ledger().failedPayments()).toArray(Integer[]::new),
                texts(orders, order -> order.status().word()),
                texts(
                        orders,
                        order -> order.reviewReason() == null
                                ? null
                                : Objects.requireNonNull(order.reviewReason()).word()),
                numbers(orders, Order::version),
                times(orders, Order::updatedAt),
                texts(orders, order -> order.stage().name()),
                moved.stream().map(EventBatches.Moved::doubtful).toArray(Boolean[]::new));
    }

    static List<Object> changes(List<EventBatches.Moved> moved) {
        List<Step> steps = moved.stream()
                .flatMap(one -> one.changes().stream().map(change -> new Step(one.order(), change)))
                .toList();
        return List.of(
                texts(steps, step -> step.change().orderId().value()),
                numbers(steps, step -> step.change().version()),
                times(steps, step -> step.change().at()),
                texts(steps, step -> word(step.change().from())),
                texts(steps, step -> step.change().to().word()),
                texts(steps, step -> step.change().type()),
                texts(steps, step -> step.change().origin().cause().word()),
                texts(steps, step -> step.change().origin().traceId()),
                texts(steps, step -> step.change().origin().actor()),
                texts(steps, step -> step.change().origin().eventId()),
                texts(steps, step -> step.order().customerId()),
                numbers(steps, step -> step.order().total().amount()),
                texts(steps, step -> step.order().total().currency()),
                texts(steps, step -> step.change().origin().note()));
    }

    private static @Nullable String word(@Nullable OrderStatus status) {
        return status == null ? null : status.word();
    }
}
