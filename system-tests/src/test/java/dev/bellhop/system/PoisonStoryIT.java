package dev.bellhop.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.local.Suite;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** A record that can never be applied. */
class PoisonStoryIT {

    private final Suite suite = RunningSuite.get();
    private final Shop shop = new Shop(suite);

    @Test
    void poison_goes_to_the_dead_letters_and_the_rest_goes_on() {
        // Given
        String orderId = shop.placesAnOrder();
        String paymentId = shop.asksForAPayment(orderId);
        byte[] poison = ("{\"event\":\"payment_success\",\"orderId\":\"" + orderId + "\",\"amount\":\"a lot\"")
                .getBytes(StandardCharsets.UTF_8);

        // When
        PaymentsTopic.put(suite, orderId, poison);
        shop.customerPays(paymentId);

        // Then
        shop.sees(orderId, "Paid");
        assertThat(PaymentsTopic.deadLetterOf(suite, orderId)).isEqualTo(poison);
    }
}
