package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
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

    /** Committed, and the provider has never read that it is to close the payment. */
    @Test
    void a_cancellation_reaches_the_provider_though_both_died_before_it_heard_of_it() throws SQLException {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        LocalProcess orderService = suite.process(Service.ORDER_SERVICE);
        LocalProcess gateway = suite.process(Service.PAYMENT_GATEWAY);
        gateway.freeze();
        CompletableFuture<Void> cancellation = CompletableFuture.runAsync(() -> shop.cancels(orderId));
        shop.sees(orderId, "Cancelled");

        // When
        orderService.kill();
        gateway.kill();
        gateway.start();
        String before = shop.statusOfPayment(paymentId);
        isDue(orderId);
        orderService.start();

        // Then
        assertThat(cancellation).failsWithin(Duration.ofSeconds(10));
        assertThat(before).isEqualTo("Pending");
        Shop.eventually(() -> shop.statusOfPayment(paymentId).equals("Cancelled"));
        shop.sees(orderId, "Cancelled");
        // The provider's own word that the payment ended is a line of its own, and may not have come yet.
        assertThat(shop.historyOf(orderId)).startsWith("Pending", "Cancelled").containsOnly("Pending", "Cancelled");
    }

    /** Nobody has it in hand any more: half a minute has passed. */
    private void isDue(String orderId) throws SQLException {
        try (Connection connection = DriverManager.getConnection(suite.stack().jdbcUrl("orders"), "postgres", "");
                var update = connection.prepareStatement("update orders set next_ask = now() where order_id = ?")) {
            update.setString(1, orderId);
            assertThat(update.executeUpdate()).isOne();
        }
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
