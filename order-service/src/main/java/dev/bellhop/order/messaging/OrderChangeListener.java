package dev.bellhop.order.messaging;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bellhop.contract.OrderEvent;
import dev.bellhop.order.app.OrderFeed;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.OrderStatus;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/** Hears of every order's change at every instance, for those who watch. Each instance is a consumer group of its own. */
@Singleton
final class OrderChangeListener {

    private static final Logger LOG = Logger.getLogger(OrderChangeListener.class);

    private final OrderFeed feed;
    private final ObjectMapper json;

    OrderChangeListener(OrderFeed feed, ObjectMapper json) {
        this.feed = feed;
        this.json = json;
    }

    @Incoming("order-changes")
    void heard(byte[] value) {
        try {
            OrderEvent event = json.readValue(value, OrderEvent.class);
            OrderStatus status = OrderStatus.find(event.status());
            if (status != null && OrderId.isValid(event.orderId())) {
                feed.changed(
                        new OrderFeed.News(new OrderId(event.orderId()), event.version(), status, event.occurredAt()));
            }
        } catch (IOException e) {
            // Not for watchers; they hear of the order's state at the next beat.
            LOG.debugf("order event not understood topic=orders.events");
        }
    }
}
