package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.event;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.place;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.resolve;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events that are not what was expected: the provider is asked, and its word counts. */
@QuarkusTest
@TestProfile(DoubtsProfile.class)
class DoubtsIT {

    private static final Duration FIRST_QUESTION = DoubtsProfile.DELAY;

    @Inject
    AheadClock clock;

    @Inject
    Pool pool;

    @Inject
    Questions questions;

    @Inject
    QuestionLog questionLog;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @Test
    void a_doubtful_event_that_came_before_its_order_is_asked_about_exactly_once() {
        // Given
        String order = id();
        String marker = placed();
        ScriptedProvider.knows(order, "pay_9", "Paid", 999);
        send("evt_" + order, captured(order, "pay_9", 1), marker);
        send("evt_" + marker, captured(marker, "pay_1", 999), marker);
        awaitStatus(marker, "Paid");

        // When
        place(order);

        // Then
        awaitStatus(order, "Paid");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
        assertThat(history(order)).containsExactly("Pending", "NeedsReview", "Paid");
    }

    @Test
    void a_doubtful_amount_is_asked_about_exactly_once() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_8", "Paid", 999);

        // When
        send("evt_" + order, captured(order, "pay_8", 1));

        // Then
        awaitStatus(order, "Paid");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
        assertThat(history(order)).containsExactly("Pending", "NeedsReview", "Paid");
    }

    @Test
    void a_doubt_that_arises_while_the_provider_is_being_asked_is_asked_about_too() {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(order);
        clock.jump(FIRST_QUESTION);
        await().atMost(SOON).until(() -> ScriptedProvider.questions(order) == 1);

        // When
        send("evt_" + order, captured(order, "pay_8", 1));
        awaitStatus(order, "NeedsReview");
        ScriptedProvider.knows(order, "pay_8", "Paid", 999);
        ScriptedProvider.speaks(order);

        // Then
        awaitStatus(order, "Paid");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(2);
    }

    @Test
    void a_payment_that_comes_while_the_provider_is_being_asked_is_not_denied() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_8", "Paid", 999);
        ScriptedProvider.hesitates(order);
        send("evt_8_" + order, captured(order, "pay_8", 1));
        await().atMost(SOON).until(() -> ScriptedProvider.isHesitating(order));

        // When
        ScriptedProvider.knows(order, "pay_9", "Paid", 999);
        send("evt_9_" + order, captured(order, "pay_9", 999));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(event("evt_9_" + order).getString("event.status"))
                        .isEqualTo("conflict"));
        ScriptedProvider.speaks(order);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.questions(order) == 2);
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        client().get("/orders/" + order).jsonPath().getLong("amountPaid"))
                .isEqualTo(1998));
        assertThat(status(order)).isEqualTo("NeedsReview");
    }

    @Test
    void a_mismatch_that_the_provider_confirms_stays_a_review() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_7", "Paid", 5);

        // When
        send("evt_" + order, captured(order, "pay_7", 5));

        // Then
        awaitAnswers(order, 1);
        assertThat(history(order)).containsExactly("Pending", "NeedsReview");
    }

    @Test
    void what_an_operator_settled_outside_is_not_opened_again_by_the_providers_saying_the_same() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_7", "Paid", 5);
        ScriptedProvider.hesitates(order);
        send("evt_" + order, captured(order, "pay_7", 5));
        awaitStatus(order, "NeedsReview");
        await().atMost(SOON).until(() -> ScriptedProvider.isHesitating(order));

        // When
        resolve(order, "cancel").then().statusCode(200);
        ScriptedProvider.speaks(order);

        // Then
        awaitAnswers(order, 1);
        assertThat(history(order)).containsExactly("Pending", "NeedsReview", "Cancelled");
    }

    @Test
    void a_refund_that_the_provider_hears_of_after_its_answer_about_a_doubt_is_not_forgotten() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_6", "Paid", 999);
        send("evt_6_" + order, captured(order, "pay_6", 999));
        awaitStatus(order, "Paid");
        pool.preparedQuery("update orders set asks = 4 where order_id = $1")
                .execute(Tuple.of(order))
                .await()
                .atMost(SOON);
        questions
                .expectRefund(order, 999, clock.instant().plus(Duration.ofMinutes(1)))
                .await()
                .atMost(SOON);

        // When
        send("evt_5_" + order, captured(order, "pay_6", 5));
        awaitAnswers(order, 1);
        ScriptedProvider.refunds(order, "pay_6", 999);
        clock.jump(FIRST_QUESTION.multipliedBy(20));

        // Then
        awaitStatus(order, "Refunded");
    }

    @Test
    void an_event_that_does_not_say_which_payment_it_means_is_asked_about_exactly_once() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        ScriptedProvider.isPaid(order, "asked-" + order, 999);
        ScriptedProvider.hesitates(order);

        // When
        send("evt_" + order, unnamed(order));
        awaitStatus(order, "Paid");
        ScriptedProvider.speaks(order);

        // Then
        awaitOneDoubt(order);
        assertThat(history(order)).containsExactly("Pending", "Paid");
    }

    @Test
    void a_payment_without_a_name_is_a_review_if_the_provider_took_no_money() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);

        // When
        send("evt_" + order, unnamed(order));

        // Then
        awaitStatus(order, "NeedsReview");
        awaitOneDoubt(order);
        send("evt_2_" + order, captured(order, "asked-" + order, 999));
        awaitStatus(order, "Paid");
    }

    private static String unnamed(String order) {
        return captured(order, "", 999).replace(",\"paymentId\":\"\"", "");
    }

    @Test
    void a_payment_that_the_provider_denies_is_a_review() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);

        // When
        send("evt_" + order, captured(order, "pay_B", 999));

        // Then
        awaitStatus(order, "NeedsReview");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
    }

    @Test
    void a_payment_that_the_provider_denied_is_a_review_again_if_it_is_reported_again() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        send("evt_1_" + order, captured(order, "pay_B", 999));
        awaitAnswers(order, 1);

        // When
        resolve(order, "cancel").then().statusCode(200);
        assertThat(status(order)).isEqualTo("Cancelled");
        send("evt_2_" + order, captured(order, "pay_B", 999).replace(",\"currency\":\"USD\"", ""));

        // Then
        awaitStatus(order, "NeedsReview");
    }

    @Test
    void an_order_that_an_operator_cancels_cannot_be_paid_any_more() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        send("evt_" + order, captured(order, "pay_B", 999));
        awaitAnswers(order, 1);

        // When
        resolve(order, "cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("asked-" + order));
    }

    @Test
    void what_the_provider_denied_is_not_accepted_with_what_was_paid_too_late() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        send("evt_b_" + order, captured(order, "pay_B_" + order, 999));
        awaitAnswers(order, 1);
        resolve(order, "cancel").then().statusCode(200);
        send("evt_late_" + order, captured(order, "asked-" + order, 999));
        awaitStatus(order, "NeedsReview");

        // When
        resolve(order, "accept").then().statusCode(200);

        // Then
        assertThat(status(order)).isEqualTo("Paid");
        client().post("/orders/" + order + "/refund").then().statusCode(202);
        assertThat(ScriptedProvider.refundsAsked("pay_B_" + order)).isZero();
        assertThat(ScriptedProvider.refundsAsked("asked-" + order)).isEqualTo(1);
    }

    @Test
    void a_payment_beside_the_one_that_an_operator_settled_is_closed() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_5_" + order, "Paid", 5);
        ScriptedProvider.knows(order, "pay_open_" + order, "Pending", 999);
        send("evt_" + order, captured(order, "pay_5_" + order, 5));
        awaitAnswers(order, 1);

        // When
        resolve(order, "cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("pay_open_" + order));
        assertThat(status(order)).isEqualTo("Cancelled");
    }

    /** An order that waits for long is asked about all the same. */
    private void awaitOneDoubt(String order) {
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(questionLog.of(order).await().atMost(SOON))
                        .filteredOn(answered -> answered.reason() == Reason.ON_DOUBT)
                        .hasSize(1));
    }

    private void awaitAnswers(String order, int expected) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(questionLog.of(order).await().atMost(SOON)).hasSize(expected));
    }
}
