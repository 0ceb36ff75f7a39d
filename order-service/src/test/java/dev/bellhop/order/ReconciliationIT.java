package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitReason;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.causes;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.event;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.place;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.resolve;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.sendLongAgo;
import static dev.bellhop.order.Story.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Reconciliation;
import dev.bellhop.order.app.Upkeep;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What webhooks lost is made good, within a budget of questions. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class ReconciliationIT {

    private static final Duration FIRST_QUESTION = Duration.ofSeconds(2);

    @Inject
    QuestionLog questionLog;

    @Inject
    Reconciliation reconciliation;

    @Inject
    Upkeep upkeep;

    @Inject
    Scheduler scheduler;

    @Inject
    AheadClock clock;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void time_goes_on() {
        scheduler.resume();
    }

    @Test
    void an_event_that_waits_too_long_for_its_order_is_asked_about_once_and_applied_all_the_same() {
        // Given
        String paid = id();
        String unpaid = id();
        String denied = id();
        ScriptedProvider.knows(paid, "pay_1", "Paid", 999);
        ScriptedProvider.knows(unpaid, "pay_2", "Pending", 999);
        send("evt_young_" + paid, captured(paid, "pay_1", 999));
        awaitReason("evt_young_" + paid, "order_unknown");
        assertThat(ScriptedProvider.questions(paid)).isZero();

        // When
        sendLongAgo("evt_" + paid, captured(paid, "pay_1", 999), paid);
        sendLongAgo("evt_" + unpaid, captured(unpaid, "pay_2", 999), unpaid);
        sendLongAgo("evt_" + denied, captured(denied, "pay_3", 999), denied);

        // Then
        awaitReason("evt_" + paid, "order_unknown_paid_at_provider");
        awaitReason("evt_young_" + paid, "order_unknown_paid_at_provider");
        awaitReason("evt_" + unpaid, "order_unknown_unpaid_at_provider");
        awaitReason("evt_" + denied, "order_unknown_denied_by_provider");
        assertThat(List.of(paid, unpaid, denied)).allSatisfy(order -> assertThat(ScriptedProvider.questions(order))
                .isEqualTo(1));
        place(paid);
        assertThat(status(paid)).isEqualTo("Paid");
        assertThat(history(paid)).containsExactly("Pending", "Paid");
        assertThat(event("evt_" + paid).getString("event.status")).isEqualTo("applied");
        assertThat(event("evt_" + paid).getString("event.reason")).isNull();
    }

    /** It waits for an order that never comes, and there is nothing to do about it: an alarm would ring for ever. */
    @Test
    void an_event_that_the_provider_denies_does_not_count_among_those_that_wait_too_long() {
        String denied = id();
        sendLongAgo("evt_" + denied, captured(denied, "pay_1", 999), denied);

        awaitReason("evt_" + denied, "order_unknown_denied_by_provider");

        assertThat(upkeep.backlog().await().atMost(SOON).parkedOldestSeconds()).isLessThan(300);
    }

    @Test
    void an_event_that_comes_while_the_provider_is_being_asked_about_its_order_is_not_part_of_the_answer() {
        // Given
        String order = id();
        ScriptedProvider.hesitates(order);
        sendLongAgo("evt_" + order, captured(order, "pay_1", 999), order);
        await().atMost(SOON).until(() -> ScriptedProvider.isHesitating(order));

        // When
        send("evt_late_" + order, captured(order, "pay_2", 999));
        awaitReason("evt_late_" + order, "order_unknown");
        ScriptedProvider.speaks(order);

        // Then
        awaitReason("evt_" + order, "order_unknown_denied_by_provider");
        assertThat(event("evt_late_" + order).getString("event.reason")).isEqualTo("order_unknown");
    }

    @Test
    void a_lost_webhook_is_made_good_within_the_budget() {
        // Given
        String order = placed();

        // When
        ScriptedProvider.knows(order, "pay_9", "Paid", 999);
        clock.jump(FIRST_QUESTION);

        // Then
        awaitStatus(order, "Paid");
        assertThat(ScriptedProvider.questions(order)).isLessThanOrEqualTo(5);
        assertThat(causes(order)).containsExactly("api", "reconciliation");
    }

    @Test
    void a_refund_whose_webhook_is_lost_is_made_good_by_one_question() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_r", "Paid", 999);
        send("evt_" + order, captured(order, "pay_r", 999));
        awaitStatus(order, "Paid");

        // When
        client().post("/orders/" + order + "/refund").then().statusCode(202);
        ScriptedProvider.refunds(order, "pay_r", 999);
        clock.jump(FIRST_QUESTION);

        // Then
        awaitStatus(order, "Refunded");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
        assertThat(causes(order)).containsExactly("api", "webhook", "reconciliation");
    }

    @Test
    void a_refund_whose_webhook_comes_is_not_asked_about() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_q", "Paid", 999);
        send("evt_" + order, captured(order, "pay_q", 999));
        awaitStatus(order, "Paid");

        // When
        client().post("/orders/" + order + "/refund").then().statusCode(202);
        assertThat(reconciliation.waiting(100_000).await().atMost(SOON))
                .filteredOn(Reconciliation.Waiting::refund)
                .extracting(Reconciliation.Waiting::orderId)
                .contains(order);
        send("evt_r_" + order, captured(order, "pay_q", 999).replace("payment_success", "refund_success"));

        // Then
        awaitStatus(order, "Refunded");
        String later = placed();
        clock.jump(FIRST_QUESTION);
        await().atMost(SOON).until(() -> ScriptedProvider.questions(later) > 0);
        assertThat(ScriptedProvider.questions(order)).isZero();
    }

    @Test
    void refunds_under_way_add_up() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_p", "Paid", 999);
        send("evt_" + order, captured(order, "pay_p", 999));
        awaitStatus(order, "Paid");
        scheduler.pause();
        List.of(400, 300).forEach(amount -> client().body("{\"amount\":" + amount + "}")
                .post("/orders/" + order + "/refund")
                .then()
                .statusCode(202));

        // When
        send(
                "evt_r_" + order,
                "{\"event\":\"refund_success\",\"orderId\":\"" + order + "\",\"amount\":400,\"paymentId\":\"pay_p\","
                        + "\"refundId\":\"ref-0-pay_p\"}");
        awaitStatus(order, "PartiallyRefunded");
        ScriptedProvider.refunds(order, "pay_p", 999, List.of(400L, 300L));
        scheduler.resume();
        clock.jump(FIRST_QUESTION);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(
                        client().get("/orders/" + order).jsonPath().getLong("amountRefunded"))
                .isEqualTo(700));
    }

    @Test
    void a_refund_that_ends_a_review_is_made_good_if_its_webhook_is_lost() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_7", "Paid", 5);
        send("evt_" + order, captured(order, "pay_7", 5));
        awaitAnswers(order, 1);

        // When
        resolve(order, "refund").then().statusCode(200);
        ScriptedProvider.refunds(order, "pay_7", 5);
        clock.jump(FIRST_QUESTION);

        // Then
        awaitStatus(order, "Refunded");
    }

    @Test
    void a_refund_that_is_asked_for_while_the_provider_is_being_asked_is_not_forgotten() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_r", "Paid", 999);
        send("evt_" + order, captured(order, "pay_r", 999));
        awaitStatus(order, "Paid");
        client().body("{\"amount\":400}")
                .post("/orders/" + order + "/refund")
                .then()
                .statusCode(202);
        ScriptedProvider.hesitates(order);
        clock.jump(FIRST_QUESTION);
        await().atMost(SOON).until(() -> ScriptedProvider.isHesitating(order));

        // When
        client().post("/orders/" + order + "/refund").then().statusCode(202);
        ScriptedProvider.refunds(order, "pay_r", 999);
        ScriptedProvider.speaks(order);

        // Then
        awaitAnswers(order, 1);
        clock.jump(FIRST_QUESTION);
        awaitStatus(order, "Refunded");
    }

    @Test
    void a_question_that_is_never_answered_delays_no_other() {
        // Given
        ScriptedProvider.cannotList();
        try {
            String unanswered = placed();
            ScriptedProvider.cannotTell(unanswered);

            // When
            List<String> lost = List.of(placed(), placed(), placed(), placed());
            lost.forEach(order -> ScriptedProvider.knows(order, "pay_" + order, "Paid", 999));
            clock.jump(FIRST_QUESTION);

            // Then
            lost.forEach(order -> awaitStatus(order, "Paid"));
            await().atMost(SOON).until(() -> ScriptedProvider.questions(unanswered) > 0);
            assertThat(status(unanswered)).isEqualTo("Pending");
        } finally {
            ScriptedProvider.mends();
        }
    }

    private void awaitAnswers(String order, int expected) {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(questionLog.of(order).await().atMost(SOON)).hasSize(expected));
    }
}
