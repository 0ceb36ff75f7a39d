package dev.bellhop.order;

import static dev.bellhop.order.ScriptedProvider.CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.api.Shop;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.time.Duration;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code orders.asking.details=always}: every capture is asked about, once. */
@QuarkusTest
@TestProfile(AskingProfile.class)
class AlwaysAskingIT {

    @BeforeEach
    void there_is_something_to_buy() {
        Shop.json(ScriptedProvider.OPERATOR, "{\"name\":\"Article\",\"amount\":999,\"currency\":\"USD\"}")
                .put("/products/article");
    }

    @Test
    void a_webhook_that_the_provider_confirms_costs_one_question() {
        String order = placed();
        ScriptedProvider.knows(order, "pay_1", "Paid", 999);

        Shop.happens(order, "payment_success", 999, "pay_1", null);

        becomes(order, "Paid");
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        ScriptedProvider.questions(order))
                .isEqualTo(1));
        becomes(order, "Paid");
    }

    @Test
    void a_webhook_about_a_payment_that_the_provider_does_not_know_ends_in_a_review() {
        String order = placed();

        Shop.happens(order, "payment_success", 999, "pay_1", null);

        becomes(order, "NeedsReview");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
    }

    private static String placed() {
        String order = Shop.id("asked");
        Shop.json(
                        CLIENT,
                        "{\"orderId\":\"" + order + "\",\"customerId\":\"c\",\"currency\":\"USD\","
                                + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders")
                .then()
                .statusCode(201);
        return order;
    }

    private static void becomes(String order, String status) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        Shop.as(CLIENT).get("/orders/" + order + "/status").<String>path("status"))
                .isEqualTo(status));
    }
}
