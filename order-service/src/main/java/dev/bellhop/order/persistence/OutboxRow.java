package dev.bellhop.order.persistence;

import dev.bellhop.order.app.Outbox;
import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Origin;
import io.vertx.mutiny.sqlclient.Row;

/** A change that is still to be published, read from its row. */
final class OutboxRow {

    /** What {@link #entry} reads, after the place in the queue. */
    static final String COLUMNS =
            "id, order_id, version, type, status, previous_status, amount, currency, cause, occurred_at, trace_id, customer_id";

    private OutboxRow() {}

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
