package dev.bellhop.order.persistence;

import dev.bellhop.order.domain.Cause;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import dev.bellhop.order.domain.Origin;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** One change of an order as a row. */
@Entity
@Table(name = "order_history")
@IdClass(HistoryRow.Key.class)
class HistoryRow {

    record Key(String orderId, long version) implements Serializable {}

    @Id
    @Column(name = "order_id")
    String orderId;

    @Id
    long version;

    Instant at;

    @Column(name = "from_status")
    String fromStatus;

    @Column(name = "to_status")
    String toStatus;

    String type;
    String cause;
    String actor;

    @Column(name = "event_id")
    String eventId;

    @Column(name = "trace_id")
    String traceId;

    String note;

    static HistoryRow of(Change change) {
        HistoryRow row = new HistoryRow();
        row.orderId = change.orderId().value();
        row.version = change.version();
        row.at = change.at();
        OrderStatus from = change.from();
        row.fromStatus = from == null ? null : from.word();
        row.toStatus = change.to().word();
        row.type = change.type();
        row.cause = change.origin().cause().word();
        row.actor = change.origin().actor();
        row.eventId = change.origin().eventId();
        row.traceId = change.origin().traceId();
        row.note = change.origin().note();
        return row;
    }

    Change toChange() {
        return new Change(
                new OrderId(orderId),
                version,
                at,
                fromStatus == null ? null : OrderStatus.of(fromStatus),
                OrderStatus.of(toStatus),
                type,
                new Origin(Cause.of(cause), actor, eventId, traceId, note));
    }
}
