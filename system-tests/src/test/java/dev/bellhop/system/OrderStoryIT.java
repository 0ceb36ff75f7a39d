package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Http;
import dev.bellhop.local.Suite;
import org.junit.jupiter.api.Test;

/** The article, and its two common mistakes. */
class OrderStoryIT {

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);

    @Test
    void an_order_goes_from_placed_to_shipped() {
        String orderId = shop.placesAnOrder();
        shop.sees(orderId, "Pending");
        String paymentId = shop.asksForAPayment(orderId);
        shop.customerPays(paymentId);
        shop.sees(orderId, "Paid");
        shop.ships(orderId);
        assertThat(shop.statusOf(orderId)).isEqualTo("{\"orderId\":\"" + orderId + "\",\"status\":\"Shipped\"}");
        assertThat(shop.historyOf(orderId)).containsExactly("Pending", "Paid", "Shipped");
    }

    @Test
    void a_forged_webhook_changes_nothing() {
        // Given
        String forged = shop.placesAnOrder();
        String forgedPayment = shop.asksForAPayment(forged);
        String genuine = shop.placesAnOrder();
        String genuinePayment = shop.asksForAPayment(genuine);

        // When
        String eventId = Provider.newEventId();
        Http.Answer answer = Provider.impostor(suite).tells(eventId, Provider.success(forged, forgedPayment, eventId));

        // Then
        assertThat(answer.status()).isEqualTo(401);
        shop.customerPays(genuinePayment);
        shop.sees(genuine, "Paid");
        assertThat(shop.historyOf(forged)).containsExactly("Pending");
    }

    @Test
    void a_webhook_that_comes_three_times_pays_once() {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        String eventId = Provider.newEventId();
        String body = Provider.success(orderId, paymentId, eventId);
        Provider provider = Provider.of(suite);

        // When
        for (int i = 0; i < 3; i++) {
            assertThat(provider.tells(eventId, body).status()).isEqualTo(202);
        }

        // Then
        shop.sees(orderId, "Paid");
        PaymentsTopic.isConsumed(suite);
        assertThat(shop.historyOf(orderId)).containsExactly("Pending", "Paid");
    }

    @Test
    void nobody_can_pay_for_an_order_that_was_cancelled() {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);

        // When
        shop.cancels(orderId);

        // Then
        assertThat(shop.canStillBePaid(paymentId)).isFalse();
        PaymentsTopic.isConsumed(suite);
        assertThat(shop.statusOf(orderId)).contains("\"Cancelled\"");
    }
}
