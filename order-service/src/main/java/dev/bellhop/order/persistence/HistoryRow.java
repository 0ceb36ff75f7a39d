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
