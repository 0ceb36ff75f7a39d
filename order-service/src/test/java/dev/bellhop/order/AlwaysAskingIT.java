package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code orders.asking.details=always}: every capture is asked about, once. */
@QuarkusTest
@TestProfile(AskingProfile.class)
class AlwaysAskingIT {

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @Test
    void a_webhook_that_the_provider_confirms_costs_one_question() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_1", "Paid", 999);

        // When
        send("evt_" + order, captured(order, "pay_1", 999));

        // Then
        awaitStatus(order, "Paid");
        await().atMost(SOON).until(() -> ScriptedProvider.questions(order) == 1);
        awaitStatus(order, "Paid");
    }

    @Test
    void a_webhook_about_a_payment_that_the_provider_does_not_know_ends_in_a_review() {
        // Given
        String order = placed();

        // When
        send("evt_" + order, captured(order, "pay_1", 999));

        // Then
        awaitStatus(order, "NeedsReview");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
    }
}
