package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.awaitStatus;
import static dev.bellhop.order.api.Shop.happens;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.paid;
import static dev.bellhop.order.api.Shop.problem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** One key is one refund, whatever becomes of the answers; two keys are two. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RefundsOncePerKeyIT {

    private static final String HUNDRED = "{\"amount\":100}";

    @AfterEach
    void the_provider_is_itself_again() {
        PayingProvider.speaks();
        PayingProvider.isAway(false);
        PayingProvider.agrees();
    }

    private static Response refund(String order, String key, String body) {
        return json(TestKeys.ALICE, body).header("Idempotency-Key", key).post("/orders/" + order + "/refund");
    }

    private static long refunds(String order) {
        return PayingProvider.refunds("pay-of-" + order);
    }

    @Test
    void equal_refunds_under_different_keys_are_different_refunds() {
        // Given
        String order = paid();

        // When
        List<Response> answers = IntStream.range(0, 5)
                .mapToObj(n -> CompletableFuture.supplyAsync(() -> refund(order, "k-" + n, HUNDRED)))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(refunds(order)).isEqualTo(5);
    }

    @Test
    void different_refunds_at_once_are_all_made() {
        // Given
        String order = paid();

        // When
        List<Response> answers = IntStream.range(0, 10)
                .mapToObj(n -> CompletableFuture.supplyAsync(() ->
                        json(TestKeys.ALICE, "{\"amount\":" + (10 + n) + "}").post("/orders/" + order + "/refund")))
                .toList()
                .stream()
                .map(CompletableFuture::join)
                .toList();

        // Then
        assertThat(answers).extracting(Response::statusCode).containsOnly(202);
        assertThat(refunds(order)).isEqualTo(10);
    }

    @Test
    void a_refund_that_went_through_is_not_repeated_under_its_key() {
        // Given
        String order = paid();
        String key = id("k");
        Response first = refund(order, key, HUNDRED);
        happens(order, "refund_success", 100, "pay-of-" + order, "ref-" + order);
        awaitStatus(order, "PartiallyRefunded");

        // When
        Response second = refund(order, key, HUNDRED);

        // Then
        assertThat(first.header("Idempotency-Replayed")).isNull();
        second.then()
                .statusCode(202)
                .header("Idempotency-Replayed", "true")
                .header("ETag", first.header("ETag"))
                .body(equalTo(first.asString()));
        assertThat(refunds(order)).isEqualTo(1);
    }

    @Test
    void a_key_stands_for_one_body_of_one_order() {
        // Given
        String order = paid();
        String other = paid();
        String key = id("k");
        refund(order, key, HUNDRED).then().statusCode(202);

        // When
        Response reused = refund(order, key, "{\"amount\":200}");
        Response elsewhere = refund(other, key, "{\"amount\":200}");

        // Then
        problem(reused, 422, "idempotency_key_reused");
        elsewhere.then().statusCode(202);
        assertThat(refunds(order)).isEqualTo(1);
    }

    @Test
    void a_refund_whose_answer_was_lost_is_the_same_refund_when_it_is_asked_for_again() {
        // Given a refund that was made, and reported, but not answered
        String order = paid();
        String key = id("k");
        PayingProvider.isAway(true);
        problem(refund(order, key, "{\"amount\":600}"), 503, "provider_unavailable");
        PayingProvider.isAway(false);
        happens(order, "refund_success", 600, "pay-of-" + order, "ref-" + order);
        awaitStatus(order, "PartiallyRefunded");

        // When
        Response again = refund(order, key, "{\"amount\":600}");

        // Then
        again.then().statusCode(202).body("amountRefunded", equalTo(600));
        assertThat(again.header("Idempotency-Replayed")).isNull();
        assertThat(refunds(order)).isEqualTo(1);
        problem(refund(order, key, HUNDRED), 422, "idempotency_key_reused");
    }

    @Test
    void who_repeats_a_refund_that_is_still_at_work_is_told_so() {
        // Given
        String order = paid();
        String key = id("k");
        PayingProvider.hesitates();
        CompletableFuture<Response> first = CompletableFuture.supplyAsync(() -> refund(order, key, HUNDRED));
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(PayingProvider::isHesitating);

        // When
        Response second = refund(order, key, HUNDRED);

        // Then
        problem(second, 409, "idempotency_key_in_flight");
        PayingProvider.speaks();
        assertThat(first.join().statusCode()).isEqualTo(202);
        assertThat(refunds(order)).isEqualTo(1);
    }

    @Test
    void a_refund_that_was_refused_leaves_its_key_free() {
        // Given
        String order = paid();
        String key = id("k");
        problem(refund(order, key, "{\"amount\":1000}"), 422, "amount_too_large");
        PayingProvider.refuses(409, "{\"code\":\"payment_not_paid\"}");
        problem(refund(order, key, "{\"amount\":200}"), 422, "provider_refused");
        PayingProvider.agrees();

        // When
        Response answer = refund(order, key, HUNDRED);

        // Then
        answer.then().statusCode(202);
    }

    @Test
    void without_a_key_equal_refunds_are_one_until_it_went_through() {
        String order = paid();

        json(TestKeys.ALICE, HUNDRED)
                .post("/orders/" + order + "/refund")
                .then()
                .statusCode(202);
        json(TestKeys.ALICE, HUNDRED)
                .post("/orders/" + order + "/refund")
                .then()
                .statusCode(202);

        assertThat(refunds(order)).isEqualTo(1);
    }

    @Test
    void a_key_has_a_form() {
        problem(refund(paid(), "a b", HUNDRED), 400, "invalid_idempotency_key");
    }

    @Test
    void a_client_owns_its_keys() {
        // Given
        String order = paid();
        String key = id("k");
        refund(order, key, HUNDRED).then().statusCode(202);

        // When
        Response operators =
                json(TestKeys.OPERATOR, HUNDRED).header("Idempotency-Key", key).post("/orders/" + order + "/refund");

        // Then
        operators.then().statusCode(202);
        assertThat(refunds(order)).isEqualTo(2);
    }
}
