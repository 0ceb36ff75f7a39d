package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import org.junit.jupiter.api.Test;

/** kill -9 at the worst moment. */
class CrashStoryIT {

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);

    @Test
    void a_webhook_that_was_accepted_outlives_order_service() {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        String eventId = Provider.newEventId();
        LocalProcess orderService = suite.process(Service.ORDER_SERVICE);
        orderService.freeze();

        // When
        int answer = Provider.of(suite)
                .tells(eventId, Provider.success(orderId, paymentId, eventId))
                .status();
        orderService.kill();
        orderService.start();

        // Then
        assertThat(answer).isEqualTo(202);
        shop.sees(orderId, "Paid");
        PaymentsTopic.isConsumed(suite);
        assertThat(shop.historyOf(orderId)).containsExactly("Pending", "Paid");
    }

    @Test
    void a_payment_outlives_the_gateway() {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        LocalProcess ingress = suite.process(Service.WEBHOOK_INGRESS);
        LocalProcess gateway = suite.process(Service.PAYMENT_GATEWAY);
        ingress.stop();
        shop.customerPays(paymentId);

        // When
        gateway.kill();
        ingress.start();
        gateway.start();

        // Then
        shop.sees(orderId, "Paid");
        assertThat(shop.historyOf(orderId)).containsExactly("Pending", "Paid");
    }
}
