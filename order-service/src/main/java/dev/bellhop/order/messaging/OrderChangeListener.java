package dev.bellhop.order.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.OrderEvent;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.domain.Change;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Hears of every order's change at every instance, for those who watch. Each instance is a consumer group of its own. */
@Singleton
final class OrderChangeListener {

    private static final Logger LOG = Logger.getLogger(OrderChangeListener.class);

    private final OrderFeed feed;
    private final ObjectMapper json;
    private final OrderChangePlaces places;

    OrderChangeListener(
            OrderFeed feed, ObjectMapper json, @Identifier(OrderChangePlaces.NAME) OrderChangePlaces places) {
        this.feed = feed;
        this.json = json;
        this.places = places;
    }

    @Incoming("order-changes")
    void heard(ConsumerRecords<String, byte[]> changes) {
        for (ConsumerRecord<String, byte[]> change : changes) {
            if (isWatched(change.key())) {
                tell(change.value());
            }
        }
        places.heard(changes);
    }

    /** Nearly nothing is, and reading what nobody watches would cost more than all else here. */
    private boolean isWatched(@Nullable String orderId) {
        return orderId != null
                && feed.watching() > 0
                && OrderId.isValid(orderId)
                && feed.isWatched(new OrderId(orderId));
    }

    private void tell(byte @Nullable [] value) {
        try {
            OrderEvent event = value == null ? null : json.readValue(value, OrderEvent.class);
            if (event == null || event.status() == null || event.orderId() == null) {
                return;
            }
            OrderStatus status = OrderStatus.find(event.status());
            if (status == null || !OrderId.isValid(event.orderId())) {
                return;
            }
            OrderId orderId = new OrderId(event.orderId());
            if (Change.DELETED.equals(event.type())) {
                feed.gone(orderId);
            } else {
                feed.changed(new OrderFeed.News(orderId, event.version(), status, event.occurredAt()));
            }
        } catch (IOException e) {
            // Not for watchers; they hear of the order's state at the next beat.
            LOG.debugf("order event not understood topic=orders.events");
        }
    }
}
