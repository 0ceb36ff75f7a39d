package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import dev.bellhop.local.LocalProcess;
import dev.bellhop.local.Service;
import dev.bellhop.local.Suite;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The broker is away. */
class OutageStoryIT {

    /** The promise is two seconds; the rest is this test's own way. */
    private static final Duration REFUSAL = Duration.ofMillis(2_500);

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);
    private final Provider provider = Provider.of(suite);
    private final LocalProcess broker = suite.stack().kafka();

    @Test
    void a_stopped_broker_is_answered_by_503_and_all_catches_up() {
        // Given
        broker.stop();
        try {
            // When
            refusesButServesOrders();
        } finally {
            broker.start();
        }

        // Then
        acceptsAgain();
    }

    @Test
    void a_frozen_broker_is_answered_by_503_and_all_catches_up() {
        // Given
        broker.freeze();
        try {
            // When
            refusesButServesOrders();
        } finally {
            broker.thaw();
        }

        // Then
        acceptsAgain();
    }

    /** Else no pod could be replaced during an outage. */
    @Test
    void order_service_starts_and_serves_while_the_broker_is_away() {
        // Given
        LocalProcess orderService = suite.process(Service.ORDER_SERVICE);
        orderService.stop();
        broker.stop();
        try {
            // When
            orderService.start();

            // Then
            Shop.eventually(() -> isHealthy("live") && isHealthy("ready"));
            assertThat(shop.statusOf(shop.placesAnOrder())).contains("Pending");
        } finally {
            broker.start();
        }
        acceptsAgain();
    }

    private boolean isHealthy(String check) throws IOException {
        return Http.call("GET", suite.management(Service.ORDER_SERVICE).resolve("/q/health/" + check), "", "")
                        .status()
                == 200;
    }

    private void refusesButServesOrders() {
        String orderId = shop.placesAnOrder();
        String eventId = Provider.newEventId();
        long begin = System.nanoTime();
        Http.Answer answer = provider.tells(eventId, Provider.success(orderId, "pay_unknown", eventId));
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Retry-After")).isPresent();
        assertThat(took).isLessThan(REFUSAL);
        assertThat(shop.statusOf(orderId)).contains("Pending");
    }

    private void acceptsAgain() {
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        String eventId = Provider.newEventId();
        String body = Provider.success(orderId, paymentId, eventId);
        Shop.eventually(() -> provider.tells(eventId, body).status() == 202);
        shop.sees(orderId, "Paid");
        PaymentsTopic.isConsumed(suite);
        assertThat(shop.historyOf(orderId)).containsExactly("Pending", "Paid");
    }
}
