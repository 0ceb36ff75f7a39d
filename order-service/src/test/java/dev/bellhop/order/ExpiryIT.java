package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.causes;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.place;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.order.app.Questions;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders expire, and nobody pays for nothing. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class ExpiryIT {

    private static final Duration EXPIRY = Duration.ofSeconds(6);

    @Inject
    AheadClock clock;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void the_provider_answers_again() {
        ScriptedProvider.mends();
    }

    @Test
    void an_unpaid_order_expires_only_once_the_provider_has_confirmed_it() {
        // Given
        ScriptedProvider.goesAway();
        String order;
        try {
            order = placed();
            clock.jump(EXPIRY);
            long asked = ScriptedProvider.questions();
            await().atMost(SOON).until(() -> ScriptedProvider.questions() > asked + 1);
            assertThat(status(order)).isEqualTo("Pending");
        } finally {
            // When
            ScriptedProvider.comesBack();
        }

        // Then
        awaitStatus(order, "Expired");
        assertThat(causes(order)).containsExactly("api", "expiry");
    }

    @Test
    void an_order_expires_only_once_nobody_can_pay_for_it_any_more() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_open_" + order, "Pending", 999);

        // When
        clock.jump(EXPIRY);

        // Then
        awaitStatus(order, "Expired");
        assertThat(ScriptedProvider.isClosed("pay_open_" + order)).isTrue();
    }

    @Test
    void an_order_whose_payment_the_provider_does_not_cancel_is_not_asked_about_again_and_again() {
        // Given
        String order = placed();
        String payment = "pay_open_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        AtomicInteger refused = refusesToClose(payment);

        // When
        clock.jump(EXPIRY);

        // Then
        await().atMost(SOON).until(() -> refused.get() > 0);
        long asked = ScriptedProvider.questions(order);
        await().atMost(SOON).until(() -> refused.get() > 2);
        assertThat(status(order)).isEqualTo("Pending");
        ScriptedProvider.mends();
        awaitStatus(order, "Expired");
        assertThat(ScriptedProvider.isClosed(payment)).isTrue();
        assertThat(ScriptedProvider.questions(order)).isEqualTo(asked);
    }

    @Test
    void a_cancelled_order_whose_payment_the_provider_does_not_cancel_is_asked_about_no_more_often() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        AtomicInteger refused = refusesToClose("asked-" + order);

        // When
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON).until(() -> refused.get() > 1);
        long asked = ScriptedProvider.questions(order);
        await().atMost(SOON).until(() -> refused.get() > 3);
        ScriptedProvider.mends();
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("asked-" + order));
        assertThat(ScriptedProvider.questions(order)).isEqualTo(asked);
    }

    /** Counts how often. */
    private static AtomicInteger refusesToClose(String payment) {
        AtomicInteger refused = new AtomicInteger();
        ScriptedProvider.says(payment, exchange -> {
            refused.incrementAndGet();
            exchange.sendResponseHeaders(502, -1);
        });
        return refused;
    }

    @Test
    void what_comes_to_an_order_while_its_payment_cannot_be_cancelled_is_asked_about() {
        // Given
        String order = placed();
        String payment = "pay_open_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        AtomicInteger refused = refusesToClose(payment);
        clock.jump(EXPIRY);
        await().atMost(SOON).until(() -> refused.get() > 0);
        long asked = ScriptedProvider.questions(order);

        // When
        client().post("/orders/" + order + "/payment").then().statusCode(201);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.questions(order) > asked);
        ScriptedProvider.mends();
        awaitStatus(order, "Expired");
        assertThat(ScriptedProvider.isClosed(payment)).isTrue();
        assertThat(ScriptedProvider.isClosed("asked-" + order + "-1")).isTrue();
    }

    @Test
    void the_other_payment_of_an_order_that_was_paid_after_its_end_is_closed_too() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        ScriptedProvider.knows(order, "pay_paid_" + order, "Paid", 999);
        AtomicInteger refused = refusesToClose("asked-" + order);
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);
        await().atMost(SOON).until(() -> refused.get() > 1);

        // When
        ScriptedProvider.mends();

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("asked-" + order));
        awaitStatus(order, "NeedsReview");
    }

    @Test
    void who_pays_while_a_payment_cannot_be_cancelled_is_found_out() {
        // Given
        String order = placed();
        String payment = "pay_open_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        AtomicInteger refused = refusesToClose(payment);
        clock.jump(EXPIRY);
        await().atMost(SOON).until(() -> refused.get() > 1);

        // When
        ScriptedProvider.isPaid(order, payment, 999);
        ScriptedProvider.says(payment, exchange -> exchange.sendResponseHeaders(400, -1));

        // Then
        awaitStatus(order, "Paid");
    }

    @Test
    void a_cancellation_whose_answer_was_lost_is_found_out_at_the_next_try() {
        // Given
        String order = placed();
        String payment = "pay_open_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        AtomicInteger refused = refusesToClose(payment);
        clock.jump(EXPIRY);
        await().atMost(SOON).until(() -> refused.get() > 0);
        ScriptedProvider.isCancelled(order, payment, 999);
        long asked = ScriptedProvider.questions(order);

        // When
        ScriptedProvider.says(payment, exchange -> exchange.sendResponseHeaders(409, -1));

        // Then
        awaitStatus(order, "Expired");
        assertThat(ScriptedProvider.questions(order)).isEqualTo(asked + 1);
    }

    @Test
    void who_has_paid_is_not_kept_waiting_by_another_payment_that_cannot_be_cancelled() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_open_" + order, "Pending", 999);
        ScriptedProvider.knows(order, "pay_paid_" + order, "Paid", 999);
        AtomicInteger refused = refusesToClose("pay_open_" + order);

        // When
        clock.jump(EXPIRY);

        // Then
        awaitStatus(order, "Paid");
        assertThat(refused.get()).isEqualTo(1);
    }

    @Test
    void an_order_that_hears_of_its_own_closing_first_expires_all_the_same() {
        // Given
        String order = placed();
        String payment = "pay_open_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        ScriptedProvider.says(payment, exchange -> {
            send("evt_c_" + order, captured(order, payment, 999).replace("payment_success", "payment_cancelled"));
            awaitStatus(order, "PaymentFailed");
            ScriptedProvider.mends();
            ScriptedProvider.respond(exchange, 200, "{\"status\":\"Cancelled\"}");
        });

        // When
        clock.jump(EXPIRY);

        // Then
        awaitStatus(order, "Expired");
        assertThat(history(order)).containsExactly("Pending", "PaymentFailed", "Expired");
    }

    @Test
    void an_order_does_not_expire_by_an_answer_that_knows_nothing_of_its_payment() {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(order);
        clock.jump(EXPIRY);
        await().atMost(SOON).until(() -> ScriptedProvider.isHesitating(order));

        // When
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        ScriptedProvider.speaks(order);

        // Then
        awaitStatus(order, "Expired");
        assertThat(ScriptedProvider.isClosed("asked-" + order)).isTrue();
    }

    @Test
    void a_payment_that_comes_after_its_order_was_cancelled_is_closed() throws Exception {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(ScriptedProvider.paymentFor(order));
        Future<Integer> asking = CompletableFuture.supplyAsync(
                () -> client().post("/orders/" + order + "/payment").statusCode());
        await().atMost(SOON).until(() -> ScriptedProvider.hasPaymentFor(order));

        // When
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        ScriptedProvider.speaks(ScriptedProvider.paymentFor(order));

        // Then
        assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(409);
        assertThat(ScriptedProvider.isClosed("asked-" + order)).isTrue();
    }

    @Test
    void a_cancellation_that_the_provider_did_not_hear_of_is_repeated() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        ScriptedProvider.goesAway();
        try {
            client().post("/orders/" + order + "/cancel").then().statusCode(200);
            clock.jump(Questions.TAKEN);
            await().atMost(SOON).until(() -> ScriptedProvider.questions(order) > 0);
            assertThat(ScriptedProvider.isClosed("asked-" + order)).isFalse();
        } finally {
            // When
            ScriptedProvider.comesBack();
        }

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("asked-" + order));
        assertThat(history(order)).endsWith("Cancelled");
    }

    /** Who failed to pay by one may try again. */
    @Test
    void every_payment_of_a_cancelled_order_is_closed() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        send("evt_f_" + order, captured(order, "asked-" + order, 999).replace("payment_success", "payment_failed"));
        awaitStatus(order, "PaymentFailed");
        client().post("/orders/" + order + "/payment").then().statusCode(201);

        // When
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON)
                .until(() -> ScriptedProvider.isClosed("asked-" + order)
                        && ScriptedProvider.isClosed("asked-" + order + "-1"));
    }

    @Test
    void a_payment_that_failed_before_its_order_was_placed_is_closed_with_it() {
        // Given
        String order = id();
        String payment = "pay_early_" + order;
        ScriptedProvider.knows(order, payment, "Failed", 999);
        String marker = placed();
        send("evt_f_" + order, captured(order, payment, 999).replace("payment_success", "payment_failed"), marker);
        send("evt_" + marker, captured(marker, "pay_1", 999), marker);
        awaitStatus(marker, "Paid");
        place(order);
        awaitStatus(order, "PaymentFailed");

        // When
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed(payment));
        assertThat(status(order)).isEqualTo("Cancelled");
    }

    @Test
    void a_payment_that_cannot_be_closed_when_it_comes_too_late_is_closed_later() throws Exception {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(ScriptedProvider.paymentFor(order));
        Future<Integer> asking = CompletableFuture.supplyAsync(
                () -> client().post("/orders/" + order + "/payment").statusCode());
        await().atMost(SOON).until(() -> ScriptedProvider.hasPaymentFor(order));
        client().post("/orders/" + order + "/cancel").then().statusCode(200);
        ScriptedProvider.goesAway();
        try {
            ScriptedProvider.speaks(ScriptedProvider.paymentFor(order));
            assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo(409);
            assertThat(ScriptedProvider.isClosed("asked-" + order)).isFalse();
        } finally {
            // When
            ScriptedProvider.comesBack();
        }
        clock.jump(Questions.TAKEN);

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.isClosed("asked-" + order));
    }

    @Test
    void who_pays_a_cancelled_order_while_the_provider_cannot_be_told_is_found_out() {
        // Given
        String order = placed();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        ScriptedProvider.goesAway();
        try {
            client().post("/orders/" + order + "/cancel").then().statusCode(200);
            ScriptedProvider.isPaid(order, "asked-" + order, 999);
        } finally {
            // When
            ScriptedProvider.comesBack();
        }
        clock.jump(Questions.TAKEN);

        // Then
        awaitStatus(order, "NeedsReview");
        assertThat(ScriptedProvider.isClosed("asked-" + order)).isFalse();
        assertThat(ScriptedProvider.questions(order)).isEqualTo(1);
    }

    @Test
    void an_order_that_is_revised_while_its_payment_is_made_gets_another() throws Exception {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(ScriptedProvider.paymentFor(order));
        Future<String> asking = CompletableFuture.supplyAsync(
                () -> client().post("/orders/" + order + "/payment").jsonPath().getString("paymentId"));
        await().atMost(SOON).until(() -> ScriptedProvider.hasPaymentFor(order));

        // When
        client().header("If-Match", client().get("/orders/" + order).header("ETag"))
                .body("{\"items\":[{\"productId\":\"article\",\"quantity\":2}]}")
                .patch("/orders/" + order)
                .then()
                .statusCode(200);
        ScriptedProvider.speaks(ScriptedProvider.paymentFor(order));

        // Then
        assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("asked-" + order + "-1");
    }

    @Test
    void an_order_that_is_placed_anew_in_another_currency_while_its_payment_is_made_gets_another() throws Exception {
        // Given
        String order = placed();
        ScriptedProvider.hesitates(ScriptedProvider.paymentFor(order));
        Future<String> asking = CompletableFuture.supplyAsync(
                () -> client().post("/orders/" + order + "/payment").jsonPath().getString("paymentId"));
        await().atMost(SOON).until(() -> ScriptedProvider.hasPaymentFor(order));
        Story.operator()
                .body("{\"productId\":\"article-eur\",\"name\":\"Article\",\"amount\":999,\"currency\":\"EUR\"}")
                .put("/products/article-eur");

        // When
        client().header("If-Match", client().get("/orders/" + order).header("ETag"))
                .delete("/orders/" + order)
                .then()
                .statusCode(204);
        client().body("{\"orderId\":\"" + order + "\",\"customerId\":\"c-1\",\"currency\":\"EUR\","
                        + "\"items\":[{\"productId\":\"article-eur\",\"quantity\":1}]}")
                .post("/orders")
                .then()
                .statusCode(201);
        ScriptedProvider.speaks(ScriptedProvider.paymentFor(order));

        // Then
        assertThat(asking.get(SOON.toSeconds(), TimeUnit.SECONDS)).isEqualTo("asked-" + order + "-1");
    }

    @Test
    void who_pays_while_the_order_is_about_to_expire_has_paid() {
        // Given
        String order = placed();
        String payment = "pay_late_" + order;
        ScriptedProvider.knows(order, payment, "Pending", 999);
        ScriptedProvider.isBusyWith(payment);
        String later = placed();
        clock.jump(EXPIRY);
        awaitStatus(later, "Expired");

        // When
        send("evt_" + order, captured(order, payment, 999));

        // Then
        awaitStatus(order, "Paid");
        assertThat(causes(order)).containsExactly("api", "webhook");
    }
}
