package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Outbox;
import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.Order;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Origin;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;

/** A change that is still to be published, as a row. */
@Entity
@Table(name = "outbox")
class OutboxRow {

    /** What {@link #entry} reads, after the place in the queue. */
    static final String COLUMNS =
            "id, order_id, version, type, status, previous_status, amount, currency, cause, occurred_at, trace_id, customer_id";

    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    Long id;

    @Column(name = "order_id")
    String orderId;

    long version;
    String type;

    @Column(name = "customer_id")
    String customerId;

    String status;

    @Column(name = "previous_status")
    String previousStatus;

    long amount;
    String currency;
    String cause;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Column(name = "trace_id")
    String traceId;

    static OutboxRow of(Order order, Change change) {
        OutboxRow row = new OutboxRow();
        row.orderId = order.id().value();
        row.version = change.version();
        row.type = change.type();
        row.customerId = order.customerId();
        row.status = change.to().word();
        OrderStatus from = change.from();
        row.previousStatus = from == null ? null : from.word();
        row.amount = order.total().amount();
        row.currency = order.total().currency();
        row.cause = change.origin().cause().word();
        row.occurredAt = change.at();
        row.traceId = change.origin().traceId();
        return row;
    }

    /** What the relay needs, read by the bare driver, by the places in {@link #COLUMNS}. */
    static Outbox.Entry entry(Row sql) {
        String from = sql.getString(5);
        Origin origin = new Origin(Cause.of(sql.getString(8)), "", null, sql.getString(10), null);
        Change change = new Change(
                new OrderId(sql.getString(1)),
                sql.getLong(2),
                sql.getOffsetDateTime(9).toInstant(),
                from == null ? null : OrderStatus.of(from),
                OrderStatus.of(sql.getString(4)),
                sql.getString(3),
                origin);
        return new Outbox.Entry(change, sql.getString(11), new Money(sql.getLong(6), sql.getString(7)));
    }
}
