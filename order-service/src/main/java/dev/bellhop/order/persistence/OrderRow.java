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

    /** From the moment of placing, as the next; later the batches decide. */
    @Column(updatable = false)
    boolean doubtful;

    @Column(name = "next_ask", updatable = false)
    Instant nextAsk;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;

    static OrderRow of(Order order, boolean doubtful, Instant nextAsk) {
        OrderRow row = new OrderRow();
        row.doubtful = doubtful;
        row.nextAsk = nextAsk;
        row.orderId = order.id().value();
        row.owner = order.owner();
        row.createdAt = order.createdAt();
        row.take(order);
        return row;
    }

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

    /** The same row, read by the bare driver. */
    static OrderRow of(Row sql) {
        OrderRow row = new OrderRow();
        row.orderId = sql.getString("order_id");
        row.owner = sql.getString("owner");
        row.customerId = sql.getString("customer_id");
        row.amount = sql.getLong("amount");
        row.currency = sql.getString("currency");
        row.items = sql.getString("items");
        row.stage = sql.getString("stage");
        row.standing = sql.getString("standing");
        row.captured = sql.getLong("captured");
        row.refunded = sql.getLong("refunded");
        row.failedPayments = sql.getInteger("failed_payments");
        row.status = sql.getString("status");
        row.reviewReason = sql.getString("review_reason");
        row.paymentId = sql.getString("payment_id");
        row.checkoutUrl = sql.getString("checkout_url");
        row.version = sql.getLong("version");
        row.createdAt = sql.getOffsetDateTime("created_at").toInstant();
        row.updatedAt = sql.getOffsetDateTime("updated_at").toInstant();
        return row;
    }

    private static String write(List<Item> items) {
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
