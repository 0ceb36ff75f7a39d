package dev.bellhop.order.persistence;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.order.domain.Item;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentLedger;
import dev.bellhop.order.domain.ReviewReason;
import dev.bellhop.order.domain.Stage;
import dev.bellhop.order.domain.Standing;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** An order as a row. */
@Entity
@Table(name = "orders")
class OrderRow {

    /** What {@link #of(Row)} reads. */
    static final String COLUMNS =
            """
            orders.order_id, orders.owner, orders.customer_id, orders.amount, orders.currency, orders.items, orders.stage,
            orders.standing, orders.captured, orders.refunded, orders.failed_payments, orders.status,
            orders.review_reason, orders.payment_id, orders.checkout_url, orders.version, orders.created_at,
            orders.updated_at
            """;

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Item>> ITEMS = new TypeReference<>() {};

    @Id
    @Column(name = "order_id")
    String orderId;

    String owner;

    @Column(name = "customer_id")
    String customerId;

    long amount;
    String currency;
    String items;
    String stage;
    String standing;
    long captured;
    long refunded;

    @Column(name = "failed_payments")
    int failedPayments;

    String status;

    @Column(name = "review_reason")
    String reviewReason;

    @Column(name = "payment_id")
    String paymentId;

    @Column(name = "checkout_url")
    String checkoutUrl;

    long version;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    /** All that can change. */
    void take(Order order) {
        customerId = order.customerId();
        amount = order.total().amount();
        currency = order.total().currency();
        items = write(order.items());
        stage = order.stage().name();
        standing = order.ledger().standing().name();
        captured = order.ledger().captured();
        refunded = order.ledger().refunded();
        failedPayments = order.ledger().failedPayments();
        status = order.status().word();
        ReviewReason reason = order.reviewReason();
        reviewReason = reason == null ? null : reason.word();
        Order.RequestedPayment payment = order.payment();
        paymentId = payment == null ? null : payment.paymentId();
        checkoutUrl = payment == null ? null : payment.checkoutUrl();
        version = order.version();
        updatedAt = order.updatedAt();
    }

    Order toOrder() {
        return new Order(
                new OrderId(orderId),
                customerId,
                owner,
                new Money(amount, currency),
                read(items),
                Stage.valueOf(stage),
                new PaymentLedger(Standing.valueOf(standing), captured, refunded, failedPayments),
                paymentId == null ? null : new Order.RequestedPayment(paymentId, checkoutUrl),
                version,
                createdAt,
                updatedAt);
    }

    /** The same row, read by the bare driver, by the places in {@link #COLUMNS}: by name, each would be looked for. */
    static OrderRow of(Row sql) {
        OrderRow row = new OrderRow();
        row.orderId = sql.getString(0);
        row.owner = sql.getString(1);
        row.customerId = sql.getString(2);
        row.amount = sql.getLong(3);
        row.currency = sql.getString(4);
        row.items = sql.getString(5);
        row.stage = sql.getString(6);
        row.standing = sql.getString(7);
        row.captured = sql.getLong(8);
        row.refunded = sql.getLong(9);
        row.failedPayments = sql.getInteger(10);
        row.status = sql.getString(11);
        row.reviewReason = sql.getString(12);
        row.paymentId = sql.getString(13);
        row.checkoutUrl = sql.getString(14);
        row.version = sql.getLong(15);
        row.createdAt = sql.getOffsetDateTime(16).toInstant();
        row.updatedAt = sql.getOffsetDateTime(17).toInstant();
        return row;
    }

    static String write(List<Item> items) {
        try {
            return JSON.writeValueAsString(items);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("our own items can be written", e);
        }
    }

    private static List<Item> read(String items) {
        try {
            return JSON.readValue(items, ITEMS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("what we wrote can be read", e);
        }
    }
}
