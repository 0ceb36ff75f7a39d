package dev.bellhop.order.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Item;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.ReviewReason;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What clients see of orders. */
final class OrderViews {

    private OrderViews() {}

    /** The whole order. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record OrderView(
            String orderId,
            String customerId,
            String status,
            long amount,
            String currency,
            List<Item> items,
            long amountPaid,
            long amountRefunded,
            @Nullable PaymentView payment,
            @Nullable ReviewView review,
            long version,
            Instant createdAt,
            Instant updatedAt) {

        static OrderView of(Order order) {
            return new OrderView(
                    order.id().value(),
                    order.customerId(),
                    order.status().word(),
                    order.total().amount(),
                    order.total().currency(),
                    order.items(),
                    order.ledger().captured(),
                    order.ledger().refunded(),
                    PaymentView.of(order.payment()),
                    ReviewView.of(order.reviewReason()),
                    order.version(),
                    order.createdAt(),
                    order.updatedAt());
        }
    }

    /** How to pay. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentView(String paymentId, @Nullable String checkoutUrl) {

        static @Nullable PaymentView of(Order.@Nullable RequestedPayment payment) {
            return payment == null ? null : new PaymentView(payment.paymentId(), payment.checkoutUrl());
        }
    }

    /** Why an operator must decide. */
    record ReviewView(String reason) {

        static @Nullable ReviewView of(@Nullable ReviewReason reason) {
            return reason == null ? null : new ReviewView(reason.word());
        }
    }

    /** Where it stands, and nothing else. */
    record StatusView(String orderId, String status) {}

    /** One state in a stream. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record StateView(String orderId, String status, long version, @Nullable Instant at) {

        static StateView of(OrderFeed.News news) {
            return new StateView(news.orderId().value(), news.status().word(), news.version(), news.at());
        }
    }

    /** The answer to a request for a payment. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PaymentRequestedView(
            String orderId, String paymentId, @Nullable String checkoutUrl, long amount, String currency) {

        static PaymentRequestedView of(Order order, Order.RequestedPayment payment) {
            return new PaymentRequestedView(
                    order.id().value(),
                    payment.paymentId(),
                    payment.checkoutUrl(),
                    order.total().amount(),
                    order.total().currency());
        }
    }

    /** One change. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record ChangeView(
            Instant at,
            @Nullable String from,
            String to,
            String type,
            String cause,
            String actor,
            @Nullable String eventId,
            @Nullable String traceId,
            @Nullable String note,
            long version) {

        static ChangeView of(Change change) {
            OrderStatus from = change.from();
            return new ChangeView(
                    change.at(),
                    from == null ? null : from.word(),
                    change.to().word(),
                    change.type(),
                    change.origin().cause().word(),
                    change.origin().actor(),
                    change.origin().eventId(),
                    change.origin().traceId(),
                    change.origin().note(),
                    change.version());
        }
    }
}
