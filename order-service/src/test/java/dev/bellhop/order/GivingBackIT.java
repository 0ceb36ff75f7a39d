package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.resolve;
import static dev.bellhop.order.Story.send;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import com.sun.net.httpserver.HttpExchange;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Money goes back however it came, and if it does not, can be given back again. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class GivingBackIT {

    private final List<String> keys = new CopyOnWriteArrayList<>();

    @Inject
    AheadClock clock;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void the_provider_is_itself_again() {
        ScriptedProvider.mends();
    }

    @Test
    void what_was_not_given_back_in_a_review_can_be_given_back_again() {
        // Given
        String order = overpaid();
        resolve(order, "refund").then().statusCode(200);
        List<String> first = List.copyOf(keys);
        resolve(order, "refund").then().statusCode(200);
        assertThat(keys).containsExactly(first.get(0), first.get(1), first.get(0), first.get(1));
        send("evt_f_" + order, failedRefund(order));
        awaitHistory(order, "OrderRefundFailed");
        keys.clear();

        // When
        resolve(order, "refund").then().statusCode(200);

        // Then
        assertThat(keys).hasSize(2).doesNotContain(first.get(0)).contains(first.get(1));
    }

    @Test
    void who_decided_is_told_although_the_review_ended_while_the_provider_was_asked() {
        // Given
        String order = overpaid();
        ScriptedProvider.says("one-" + order, exchange -> {
            resolve(order, "cancel").then().statusCode(200);
            gives(exchange);
        });

        // When
        resolve(order, "refund").then().statusCode(200);

        // Then
        List<String> notes =
                client().get("/orders/" + order + "/history").jsonPath().getList("data.note");
        assertThat(notes)
                .filteredOn(note -> note != null)
                .containsExactly("cancel: the customer called", "refund: the customer called");
    }

    @Test
    void all_that_is_left_goes_back_by_the_payments_that_it_came_by() {
        // Given
        String order = overpaid();
        resolve(order, "accept").then().statusCode(200);

        // When
        client().post("/orders/" + order + "/refund").then().statusCode(202);

        // Then
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void who_hears_no_end_of_the_answer_may_ask_again_at_once() {
        // Given
        String order = placed();
        String payment = "one-" + order;
        ScriptedProvider.knows(order, payment, "Paid", 999);
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        RequestSpecification refund = client();
        ScriptedProvider.says(payment, ScriptedProvider::drip);
        given().spec(refund).post("/orders/" + order + "/refund").then().statusCode(503);
        ScriptedProvider.says(payment, this::gives);

        // When
        Response again = given().spec(refund).post("/orders/" + order + "/refund");

        // Then
        again.then().statusCode(202);
        assertThat(keys).hasSize(1);
    }

    /** It may not look as if money was on its way. */
    @Test
    void a_review_without_a_payment_that_can_go_back_is_not_resolved_so() {
        // Given
        String order = placed();
        ScriptedProvider.cannotTell(order);
        send("evt_" + order, captured(order, "", 5).replace(",\"paymentId\":\"\"", ""));
        awaitStatus(order, "NeedsReview");

        // When
        Response answer = resolve(order, "refund");

        // Then
        answer.then().statusCode(409).body("code", equalTo("no_payment"));
        assertThat(types(order)).containsExactly("OrderPlaced", "OrderNeedsReview");
    }

    @Test
    void what_an_operator_has_accepted_does_not_go_back_by_a_form_that_was_open_before() {
        // Given
        String order = overpaid();
        resolve(order, "accept").then().statusCode(200);

        // When
        Response answer = resolve(order, "refund");

        // Then
        answer.then().statusCode(409).body("code", equalTo("not_in_review"));
        assertThat(keys).isEmpty();
    }

    @Test
    void a_refund_that_failed_is_told_of_once_though_its_webhook_was_lost() {
        // Given
        String order = placed();
        String payment = "one-" + order;
        ScriptedProvider.knows(order, payment, "Paid", 999);
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        client().post("/orders/" + order + "/refund").then().statusCode(202);

        // When
        ScriptedProvider.says(
                order,
                """
                {"data":[{"paymentId":"%s","orderId":"%s","amount":999,"currency":"USD","status":"Paid",\
                "refunds":[{"refundId":"ref-%s","amount":999,"status":"Failed"}]}]}"""
                        .formatted(payment, order, order));
        clock.jump(Duration.ofSeconds(2));

        // Then
        awaitHistory(order, "OrderRefundFailed");
        send("evt_f_" + order, failedRefund(order));
        Story.awaitReason("evt_f_" + order, "changes_nothing");
        assertThat(types(order)).containsExactly("OrderPlaced", "OrderPaid", "OrderRefundFailed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refund_failed", "refund_success"})
    void a_refund_that_is_on_its_way_is_not_given_twice_though_something_became_of_another(String type) {
        // Given a refund that the provider took, but whose answer was lost
        String order = placed();
        String payment = "one-" + order;
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        ScriptedProvider.says(payment, exchange -> {
            keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
            ScriptedProvider.respond(exchange, 500, "{}");
        });
        refund(order, 500).then().statusCode(503);
        ScriptedProvider.says(payment, this::gives);
        ScriptedProvider.says(order, paid(order, "{\"refundId\":\"ref_1\",\"amount\":500,\"status\":\"Pending\"}"));
        send("evt_r_" + order, refund(order, type, 300, "another"));
        Story.awaitOutcome("evt_r_" + order, "applied");

        // When
        Response again = refund(order, 500);

        // Then
        again.then().statusCode(202);
        assertThat(keys).hasSize(1);
        send("evt_f_" + order, refund(order, "refund_failed", 500, "ref_1"));
        Story.awaitOutcome("evt_f_" + order, "applied");
        ScriptedProvider.says(order, paid(order, "{\"refundId\":\"ref_1\",\"amount\":500,\"status\":\"Failed\"}"));
        refund(order, 500).then().statusCode(202);
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void a_refund_without_a_name_is_counted_once_though_the_provider_told_of_it_first_and_another_can_be_given() {
        // Given
        String order = placed();
        String payment = "one-" + order;
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        ScriptedProvider.says(payment, this::gives);
        refund(order, 300).then().statusCode(202);
        ScriptedProvider.says(order, paid(order, "{\"refundId\":\"ref_1\",\"amount\":300,\"status\":\"Succeeded\"}"));
        clock.jump(Duration.ofSeconds(2));
        awaitStatus(order, "PartiallyRefunded");
        keys.clear();

        // When
        send("evt_r_" + order, captured(order, payment, 300).replace("payment_success", "refund_success"));

        // Then
        Story.awaitReason("evt_r_" + order, "changes_nothing");
        assertThat(client().get("/orders/" + order).jsonPath().getLong("amountRefunded"))
                .isEqualTo(300);
        refund(order, 300).then().statusCode(202);
        assertThat(keys).hasSize(1);
    }

    @Test
    void an_equal_refund_can_be_given_after_one_that_was_told_of_without_a_name() {
        // Given
        String order = placed();
        String payment = "one-" + order;
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        ScriptedProvider.says(payment, this::gives);
        ScriptedProvider.says(order, paid(order, "{\"refundId\":\"ref_1\",\"amount\":300,\"status\":\"Succeeded\"}"));
        send("evt_r_" + order, captured(order, payment, 300).replace("payment_success", "refund_success"));
        awaitStatus(order, "PartiallyRefunded");

        // When
        refund(order, 300).then().statusCode(202);

        // Then
        assertThat(keys).hasSize(1);
    }

    @Test
    void each_refund_that_fails_is_told_of_and_can_be_given_again_though_none_has_a_name() {
        // Given
        String order = placed();
        String payment = "one-" + order;
        send("evt_" + order, captured(order, payment, 999));
        awaitStatus(order, "Paid");
        ScriptedProvider.knows(order, payment, "Paid", 999);
        ScriptedProvider.says(payment, this::gives);
        String failed = captured(order, payment, 300).replace("payment_success", "refund_failed");

        // When
        refund(order, 300).then().statusCode(202);
        send("evt_1_" + order, failed);
        Story.awaitOutcome("evt_1_" + order, "applied");
        refund(order, 300).then().statusCode(202);
        send("evt_2_" + order, failed);
        Story.awaitOutcome("evt_2_" + order, "applied");
        refund(order, 300).then().statusCode(202);

        // Then
        assertThat(keys).hasSize(3).doesNotHaveDuplicates();
        assertThat(types(order)).containsExactly("OrderPlaced", "OrderPaid", "OrderRefundFailed", "OrderRefundFailed");
    }

    @Test
    void refunds_of_orders_whose_ids_are_alike_are_different_ones() {
        // Given
        String order = placed();
        String alike = order + "-0";
        Story.place(alike);
        for (String id : List.of(order, alike)) {
            send("evt_" + id, captured(id, "one-" + id, 999));
            awaitStatus(id, "Paid");
            ScriptedProvider.says("one-" + id, this::gives);
        }
        send("evt_r_" + order, refund(order, "refund_failed", 500, "failed"));
        send("evt_r_" + alike, refund(alike, "refund_success", 500, "done"));
        Story.awaitOutcome("evt_r_" + order, "applied");
        Story.awaitOutcome("evt_r_" + alike, "applied");

        // When
        refund(order, 500).then().statusCode(202);
        refund(alike, 1).then().statusCode(202);

        // Then
        assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    }

    @Test
    void reviews_of_orders_whose_names_with_those_of_their_payments_are_alike_are_different_ones() {
        // Given
        String order = placed();
        String alike = order + "-b";
        Story.place(alike);
        List.of(order, alike).forEach(ScriptedProvider::cannotTell);
        send("evt_" + order, captured(order, "b-one", 1000));
        send("evt_" + alike, captured(alike, "one", 1000));
        List.of(order, alike).forEach(id -> awaitStatus(id, "NeedsReview"));
        ScriptedProvider.says("b-one", this::gives);
        ScriptedProvider.says("one", this::gives);

        // When
        resolve(order, "refund").then().statusCode(200);
        resolve(alike, "refund").then().statusCode(200);

        // Then
        assertThat(keys).hasSize(2).doesNotHaveDuplicates().contains("review-" + alike + "-one-1000");
    }

    /** Without a key. */
    private static Response refund(String order, long amount) {
        return Story.operator().body("{\"amount\":" + amount + "}").post("/orders/" + order + "/refund");
    }

    private static String refund(String order, String type, long amount, String refundId) {
        return captured(order, "one-" + order, amount)
                .replace("payment_success", type)
                .replace("}", ",\"refundId\":\"" + refundId + "\"}");
    }

    private static String paid(String order, String refund) {
        return "{\"data\":[{\"paymentId\":\"one-" + order + "\",\"orderId\":\"" + order
                + "\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\",\"refunds\":[" + refund + "]}]}";
    }

    private String overpaid() {
        String order = placed();
        List.of("one-" + order, "two-" + order).forEach(payment -> {
            ScriptedProvider.knows(order, payment, "Paid", 999);
            ScriptedProvider.says(payment, this::gives);
            send("evt_" + payment, captured(order, payment, 999));
        });
        awaitStatus(order, "NeedsReview");
        return order;
    }

    private void gives(HttpExchange exchange) throws IOException {
        keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
        ScriptedProvider.respond(exchange, 201, ScriptedProvider.REFUND);
    }

    private static String failedRefund(String order) {
        return refund(order, "refund_failed", 999, "ref-" + order);
    }

    private static List<String> types(String order) {
        return client().get("/orders/" + order + "/history").jsonPath().getList("data.type");
    }

    private static void awaitHistory(String order, String type) {
        await().atMost(SOON).untilAsserted(() -> assertThat(types(order)).contains(type));
    }
}
