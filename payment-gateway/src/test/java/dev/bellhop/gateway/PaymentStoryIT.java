package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.confirm;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.order;
import static dev.bellhop.gateway.Client.pay;
import static dev.bellhop.gateway.Client.payment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;

import com.standardwebhooks.Webhook;
import dev.bellhop.gateway.RecordingReceiver.Received;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class PaymentStoryIT {

    private RecordingReceiver receiver;
    private JsonPath endpoint;

    @BeforeEach
    void listen() {
        receiver = new RecordingReceiver();
        endpoint = Client.endpoint("{\"url\":\"" + receiver.url() + "\"}");
    }

    @AfterEach
    void stopListening() {
        Client.delete(endpoint.getString("endpointId"));
        receiver.close();
    }

    @Test
    void a_paid_order_is_reported_by_the_articles_webhook() throws Exception {
        // Given
        Response created = json(TestKeys.ALICE, order("12345", 999)).post("/payments");
        created.then()
                .statusCode(201)
                .header("Location", startsWith("/payments/pay_"))
                .body("status", equalTo("Pending"))
                .body("amountRefunded", equalTo(0))
                .body("refunds", hasSize(0))
                .body("checkoutUrl", containsString("/checkout/pay_"));
        String id = created.path("paymentId");

        // When
        pay(id).body("status", equalTo("Paid"));

        // Then
        Received webhook = one("12345");
        JsonPath body = JsonPath.from(webhook.body());
        assertThat(webhook.body())
                .startsWith("{\"event\":\"payment_success\",\"orderId\":\"12345\",\"amount\":999,\"status\":\"Paid\","
                        + "\"currency\":\"USD\",\"eventId\":\"evt_")
                .contains(",\"paymentId\":\"" + id + "\",\"occurredAt\":\"");
        assertThat(webhook.header("webhook-id")).isEqualTo(body.getString("eventId"));
        assertThat(webhook.header("content-type")).isEqualTo("application/json");
        new Webhook(endpoint.getString("secret")).verify(webhook.body(), webhook.headers());
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "\"%s\", 304",
                "W/\"%s\", 304",
                "`\"x\", W/\"%s\"`, 304",
                "*, 304",
                "%s, 200",
                "W/%s, 200",
                "\"x\", 200"
            })
    void a_payment_that_the_client_has_already_is_not_sent_again(String condition, int status) {
        // Given
        String id = newPayment("tagged", 5);
        String tag = as(TestKeys.ALICE).get("/payments/" + id).header("ETag").replace("\"", "");

        // When
        Response answer = as(TestKeys.ALICE)
                .header("If-None-Match", condition.formatted(tag))
                .get("/payments/" + id);

        // Then
        answer.then().statusCode(status).header("ETag", "\"" + tag + "\"");
    }

    @Test
    void a_list_that_the_client_has_already_is_not_sent_again() {
        // Given
        String id = newPayment("listed", 5);
        String tag = as(TestKeys.ALICE).get("/payments?orderId=listed").header("ETag");
        as(TestKeys.ALICE)
                .header("If-None-Match", "W/" + tag)
                .get("/payments?orderId=listed")
                .then()
                .statusCode(304)
                .header("ETag", tag);

        // When
        as(TestKeys.ALICE).post("/payments/" + id + "/confirm");

        // Then
        as(TestKeys.ALICE)
                .header("If-None-Match", tag)
                .get("/payments?orderId=listed")
                .then()
                .statusCode(200)
                .header("ETag", not(tag));
    }

    @Test
    void another_version_than_the_client_asks_for_is_refused() {
        // Given
        String id = newPayment("matched", 5);

        // When
        Response answer = as(TestKeys.ALICE).header("If-Match", "\"x\"").get("/payments/" + id);

        // Then
        answer.then()
                .statusCode(412)
                .contentType("application/problem+json")
                .body("code", equalTo("precondition_failed"));
    }

    @Test
    void the_callers_trace_goes_out_with_the_webhook() {
        // Given
        String trace = "4bf92f3577b34da6a3ce929d0e0e4736";
        String id = newPayment("traced", 999);

        // When
        as(TestKeys.ALICE)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .post("/payments/" + id + "/confirm");

        // Then
        assertThat(one("traced").header("traceparent")).startsWith("00-" + trace + "-");
    }

    @Test
    void the_merchants_trace_goes_out_when_the_customer_has_none() {
        // Given
        String trace = "4bf92f3577b34da6a3ce929d0e0e4737";
        String id = as(TestKeys.ALICE)
                .header("traceparent", "00-" + trace + "-00f067aa0ba902b7-01")
                .contentType("application/json")
                .body("{\"orderId\":\"merchant-traced\",\"amount\":999,\"currency\":\"USD\"}")
                .post("/payments")
                .path("paymentId");

        // When
        as(TestKeys.ALICE).post("/payments/" + id + "/confirm");

        // Then
        assertThat(one("merchant-traced").header("traceparent")).startsWith("00-" + trace + "-");
    }

    @Test
    void a_declined_customer_may_try_again() {
        // Given
        String id = newPayment("retried", 500);

        // When
        confirm(id, "4000000000009995")
                .statusCode(200)
                .body("status", equalTo("Failed"))
                .body("attempts[0].failureCode", equalTo("insufficient_funds"));
        confirm(id, "4242424242424242").statusCode(200).body("status", equalTo("Paid"));

        // Then
        assertThat(events("retried", 2)).containsExactly("payment_failed", "payment_success");
        assertThat(payment(id).getList("attempts")).hasSize(2);
    }

    @Test
    void refunds_add_up_and_never_exceed_what_was_paid() {
        // Given
        String id = newPayment("refunded", 1000);
        pay(id);

        // When
        json(TestKeys.ALICE, "{\"amount\":300}")
                .post("/payments/" + id + "/refunds")
                .then()
                .statusCode(201)
                .body("refundId", startsWith("ref_"))
                .body("amount", equalTo(300))
                .body("status", equalTo("Succeeded"));
        json(TestKeys.ALICE, "{\"amount\":701}")
                .post("/payments/" + id + "/refunds")
                .then()
                .statusCode(422)
                .body("code", equalTo("payment_too_much"));
        as(TestKeys.ALICE)
                .post("/payments/" + id + "/refunds")
                .then()
                .statusCode(201)
                .body("amount", equalTo(700));
        as(TestKeys.ALICE).post("/payments/" + id + "/refunds").then().statusCode(409);

        // Then
        assertThat(events("refunded", 3)).containsExactly("payment_success", "refund_success", "refund_success");
        Received last = receiver.about("refunded").get(2);
        assertThat(last.body())
                .contains("\"amount\":700,\"status\":\"Refunded\"")
                .contains("\"refundId\":\"ref_");
        assertThat(payment(id).getString("status")).isEqualTo("Refunded");
        assertThat(payment(id).getLong("amountRefunded")).isEqualTo(1000);
    }

    @Test
    void a_cancelled_payment_cannot_be_paid() {
        // Given
        String id = newPayment("cancelled", 1000);

        // When
        as(TestKeys.ALICE).post("/payments/" + id + "/cancel").then().statusCode(200);

        // Then
        assertThat(events("cancelled", 1)).containsExactly("payment_cancelled");
        confirm(id, "4242424242424242")
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("payment_cancelled"));
    }

    @Test
    void an_authorized_amount_is_captured_later_in_part() {
        // Given
        String id = json(
                        TestKeys.ALICE,
                        "{\"orderId\":\"later\",\"amount\":1000,\"currency\":\"KWD\",\"capture\":\"manual\"}")
                .post("/payments")
                .path("paymentId");
        pay(id).body("status", equalTo("Authorized"));

        // When
        json(TestKeys.ALICE, "{\"amount\":600}")
                .post("/payments/" + id + "/capture")
                .then()
                .statusCode(200)
                .body("status", equalTo("Paid"))
                .body("amountCaptured", equalTo(600));

        // Then
        assertThat(one("later").body()).contains("\"amount\":600,\"status\":\"Paid\"");
    }

    @Test
    void a_repeated_key_repeats_the_answer_and_another_body_is_refused() {
        // Given
        Response first = json(TestKeys.ALICE, order("once", 10))
                .header("Idempotency-Key", "key-once")
                .post("/payments");

        // When
        Response second = json(TestKeys.ALICE, order("once", 10))
                .header("Idempotency-Key", "key-once")
                .post("/payments");
        Response other = json(TestKeys.ALICE, order("once", 11))
                .header("Idempotency-Key", "key-once")
                .post("/payments");
        Response bobs = json(TestKeys.BOB, order("once", 10))
                .header("Idempotency-Key", "key-once")
                .post("/payments");

        // Then
        assertThat(second.statusCode()).isEqualTo(201);
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(second.header("Location")).isEqualTo(first.header("Location"));
        assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
        other.then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        bobs.then().statusCode(201);
        as(TestKeys.ALICE).get("/payments?orderId=once").then().body("data", hasSize(1));
    }

    @Test
    void a_refund_under_a_key_is_given_once_and_the_key_is_of_no_use_for_another_payment() {
        // Given
        String id = newPayment("given back once", 1000);
        String other = newPayment("given back by no mistake", 1000);
        pay(id);
        pay(other);
        Response first = refundUnderOneKey(id);

        // When
        Response second = refundUnderOneKey(id);
        Response elsewhere = refundUnderOneKey(other);

        // Then
        assertThat(second.asString()).isEqualTo(first.asString());
        assertThat(payment(id).getLong("amountRefunded")).isEqualTo(300);
        elsewhere.then().statusCode(422).body("code", equalTo("idempotency_key_reused"));
        assertThat(payment(other).getLong("amountRefunded")).isEqualTo(0);
    }

    private static Response refundUnderOneKey(String payment) {
        return json(TestKeys.ALICE, "{\"amount\":300}")
                .header("Idempotency-Key", "key-of-one-refund")
                .post("/payments/" + payment + "/refunds");
    }

    @Test
    void equal_calls_at_the_same_instant_create_one_payment() {
        // When
        List<CompletableFuture<String>> calls = java.util.stream.IntStream.range(0, 12)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> json(TestKeys.ALICE, order("race", 10))
                        .header("Idempotency-Key", "key-race")
                        .post("/payments")
                        .asString()))
                .toList();

        // Then
        assertThat(calls.stream().map(CompletableFuture::join).distinct()).hasSize(1);
        as(TestKeys.ALICE).get("/payments?orderId=race").then().body("data", hasSize(1));
    }

    @Test
    void a_key_is_not_kept_for_work_that_was_refused() {
        // Given
        String id = newPayment("unpaid", 10);
        as(TestKeys.ALICE)
                .header("Idempotency-Key", "key-refund")
                .post("/payments/" + id + "/refunds")
                .then()
                .statusCode(409)
                .body("code", equalTo("payment_not_paid"));
        pay(id);

        // When
        Response again =
                as(TestKeys.ALICE).header("Idempotency-Key", "key-refund").post("/payments/" + id + "/refunds");

        // Then
        again.then().statusCode(201).body("amount", equalTo(10));
    }

    @Test
    void a_client_sees_its_own_payments_only() {
        // Given
        String id = newPayment("private", 10);

        // When
        Response bobs = as(TestKeys.BOB).get("/payments/" + id);

        // Then
        bobs.then().statusCode(404).body("code", equalTo("payment_not_found"));
        as(TestKeys.BOB).post("/payments/" + id + "/cancel").then().statusCode(404);
        as(TestKeys.BOB).get("/payments?orderId=private").then().body("data", hasSize(0));
        as(TestKeys.OPERATOR).get("/payments/" + id).then().statusCode(200);
        as(TestKeys.READER).post("/payments/" + id + "/cancel").then().statusCode(403);
        as("nobody-knows-this-key-at-all").get("/payments/" + id).then().statusCode(401);
    }

    private Received one(String orderId) {
        await().untilAsserted(() -> assertThat(receiver.about(orderId)).hasSize(1));
        return receiver.about(orderId).get(0);
    }

    private List<String> events(String orderId, int count) {
        await().untilAsserted(() -> assertThat(receiver.about(orderId)).hasSize(count));
        return receiver.about(orderId).stream()
                .map(webhook -> JsonPath.from(webhook.body()).getString("event"))
                .toList();
    }
}
