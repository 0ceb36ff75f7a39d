package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.EmptyWebhookSecretException;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import dev.bellhop.gateway.RecordingReceiver.Received;
import dev.bellhop.gateway.RecordingReceiver.Reply;
import dev.bellhop.gateway.app.Deliveries;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class FaultStoryIT {

    @Inject
    Deliveries deliveries;

    private RecordingReceiver receiver;
    private JsonPath endpoint;

    @BeforeEach
    void listen() {
        receiver = new RecordingReceiver();
        endpoint = Client.endpoint("{\"url\":\"" + receiver.url() + "\"}");
    }

    @AfterEach
    void stopListening() {
        as(TestKeys.OPERATOR).delete("/simulator/plan").then().statusCode(204);
        Client.delete(endpoint.getString("endpointId"));
        receiver.close();
        Client.realTime();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bad_signature",
                "wrong_key",
                "no_signature",
                "stale_timestamp",
                "future_timestamp",
                "body_changed"
            })
    void a_forged_webhook_does_not_verify_and_the_true_one_follows(String fault) {
        // Given
        String order = "forged by " + fault;
        receiver.answering(webhook -> verifies(webhook) ? Reply.of(200) : Reply.of(401));
        plan("{\"match\":{\"order\":\"" + order + "\"},\"do\":\"" + fault + "\"}");

        // When
        pay(newPayment(order, 700));
        await().untilAsserted(() -> assertThat(receiver.about(order)).hasSize(1));
        boolean first = verifies(receiver.about(order).get(0));
        Client.advance("PT10S");

        // Then
        assertThat(first).isFalse();
        assertThat(receiver.about(order)).hasSize(2);
        assertThat(truth(order).getInt("events[0].faults." + fault)).isEqualTo(1);
        assertThat(truth(order).getInt("events[0].acknowledged")).isEqualTo(1);
        assertThat(truth(order).getString("finalState")).isEqualTo("Paid");
    }

    @ParameterizedTest
    @CsvSource({
        "amount_changed, '\"amount\":701,'",
        "currency_changed, '\"currency\":\"CHF\"'",
        "unknown_order, '\"orderId\":\"unknown-'",
        "oversized, '\"padding\":\"xxxx'"
    })
    void a_wrong_body_is_signed_as_if_it_were_right(String fault, String trace) {
        // Given
        String order = "wrong by " + fault;
        plan("{\"match\":{\"order\":\"" + order + "\"},\"do\":\"" + fault + "\",\"size\":50000}");

        // When
        String paymentId = newPayment(order, 700);
        pay(paymentId);

        // Then
        await().untilAsserted(() -> assertThat(of(paymentId)).hasSize(1));
        Received webhook = of(paymentId).get(0);
        assertThat(webhook.body()).contains(trace);
        assertThat(verifies(webhook)).isTrue();
        assertThat(truth(order).getLong("paid")).isEqualTo(700);
    }

    @Test
    void an_event_is_duplicated_at_the_same_instant() {
        // Given
        plan("{\"do\":\"duplicate\",\"times\":4,\"together\":true}");

        // When
        pay(newPayment("twins", 5));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("twins")).hasSize(4));
        assertThat(receiver.about("twins").stream().map(Received::body).distinct())
                .hasSize(1);
        assertThat(truth("twins").getInt("events[0].faults.duplicate")).isEqualTo(3);
    }

    @Test
    void a_dropped_event_never_arrives_but_the_truth_is_known() {
        // Given
        plan("{\"match\":{\"event\":\"payment_success\"},\"do\":\"drop\"}");

        // When
        String id = newPayment("dropped", 5);
        pay(id);
        Client.advance("P4D");

        // Then
        assertThat(receiver.about("dropped")).isEmpty();
        assertThat(Client.payment(id).getString("status")).isEqualTo("Paid");
        assertThat(truth("dropped").getString("finalState")).isEqualTo("Paid");
        assertThat(truth("dropped").getInt("events[0].faults.drop")).isEqualTo(1);
        assertThat(truth("dropped").getInt("statusQueries")).isEqualTo(1);
    }

    @Test
    void a_refund_overtakes_its_payment() {
        // Given
        plan("{\"match\":{\"event\":\"payment_success\"},\"do\":\"reorder\",\"by\":\"PT30S\"}");
        String id = newPayment("overtaken", 5);

        // When
        pay(id);
        as(TestKeys.ALICE).post("/payments/" + id + "/refunds").then().statusCode(201);

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("overtaken")).hasSize(2));
        assertThat(events("overtaken")).containsExactly("refund_success", "payment_success");
    }

    @Test
    void a_failure_arrives_after_the_success_that_followed_it() {
        // Given
        plan("{\"match\":{\"event\":\"payment_failed\"},\"do\":\"reorder\"}");
        String id = newPayment("late failure", 5);

        // When
        Client.confirm(id, "4000000000000002").statusCode(200);
        pay(id);

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("late failure")).hasSize(2));
        assertThat(events("late failure")).containsExactly("payment_success", "payment_failed");
        assertThat(truth("late failure").getString("finalState")).isEqualTo("Paid");
    }

    @Test
    void a_delayed_event_waits() {
        // Given
        plan("{\"do\":\"delay\",\"by\":\"PT10M\"}");
        pay(newPayment("delayed", 5));

        // When
        Client.advance("PT9M");
        int early = receiver.about("delayed").size();
        Client.advance("PT2M");

        // Then
        assertThat(early).isZero();
        assertThat(receiver.about("delayed")).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"truncated_body", "connection_reset"})
    void a_connection_that_breaks_is_followed_by_a_whole_webhook(String fault) {
        // Given
        String order = "broken by " + fault;
        plan("{\"match\":{\"order\":\"" + order + "\"},\"do\":\"" + fault + "\"}");
        pay(newPayment(order, 5));
        await().untilAsserted(
                        () -> assertThat(truth(order).getInt("events[0].sent")).isEqualTo(1));

        // When
        Client.advance("PT10S");

        // Then
        assertThat(receiver.about(order)).hasSize(1);
        assertThat(verifies(receiver.about(order).get(0))).isTrue();
        assertThat(truth(order).getInt("events[0].sent")).isEqualTo(2);
    }

    @Test
    void a_wrong_content_type_is_said() {
        // Given
        plan("{\"do\":\"wrong_content_type\"}");

        // When
        pay(newPayment("typed", 5));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("typed")).hasSize(1));
        assertThat(receiver.about("typed").get(0).header("content-type")).isEqualTo("text/plain");
    }

    @Test
    void a_body_that_comes_drop_by_drop_is_whole_in_the_end() {
        // Given
        plan("{\"do\":\"slow_sending\",\"by\":\"PT0.5S\"}");
        long start = System.nanoTime();

        // When
        pay(newPayment("slow", 5));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("slow")).hasSize(1));
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
        assertThat(verifies(receiver.about("slow").get(0))).isTrue();
    }

    @Test
    void the_api_fails_as_planned_and_does_nothing() {
        // Given
        plan("{\"match\":{\"call\":\"create\",\"every\":2},\"do\":\"error\",\"status\":502}");

        // When
        List<Integer> statuses = java.util.stream.IntStream.range(0, 4)
                .mapToObj(i -> json(TestKeys.ALICE, Client.order("every other", 5))
                        .post("/payments")
                        .statusCode())
                .toList();

        // Then
        assertThat(statuses).containsExactly(201, 502, 201, 502);
        as(TestKeys.ALICE).get("/payments?orderId=every other").then().body("data.size()", equalTo(2));
    }

    @Test
    void the_api_answers_late_as_planned() {
        // Given
        plan("{\"match\":{\"call\":\"create\"},\"do\":\"latency\",\"by\":\"PT0.4S\"}");
        long start = System.nanoTime();

        // When
        newPayment("late", 5);

        // Then
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(400));
    }

    @Test
    void an_outage_has_a_beginning_and_an_end() {
        // Given
        plan("{\"match\":{\"call\":\"create\"},\"do\":\"outage\",\"from\":\"PT1M\",\"until\":\"PT2M\"}");

        // When
        int before = create().statusCode();
        Client.advance("PT70S");
        Response during = create();
        Client.advance("PT60S");
        int after = create().statusCode();

        // Then
        assertThat(List.of(before, after)).containsExactly(201, 201);
        during.then().statusCode(503).header("Retry-After", "5").body("code", equalTo("simulated_fault"));
    }

    private static Response create() {
        return json(TestKeys.ALICE, Client.order("outage", 5)).post("/payments");
    }

    @Test
    void a_storm_of_429_says_when_to_come_back() {
        // Given
        plan("{\"match\":{\"call\":\"find\"},\"do\":\"too_many_requests\",\"by\":\"PT7S\"}");

        // When
        Response response = as(TestKeys.ALICE).get("/payments/" + newPayment("stormy", 5));

        // Then
        response.then().statusCode(429).header("Retry-After", "7");
    }

    @Test
    void an_answer_is_lost_after_the_commit() {
        // Given
        plan("{\"match\":{\"call\":\"create\"},\"do\":\"response_lost\"}");

        // When
        Throwable lost = org.assertj.core.api.Assertions.catchThrowable(
                () -> json(TestKeys.ALICE, Client.order("lost answer", 5))
                        .header("Idempotency-Key", "lost-answer")
                        .post("/payments"));
        as(TestKeys.OPERATOR).delete("/simulator/plan");
        Response again = json(TestKeys.ALICE, Client.order("lost answer", 5))
                .header("Idempotency-Key", "lost-answer")
                .post("/payments");

        // Then
        assertThat(lost).isNotNull();
        again.then().statusCode(201).header("Idempotency-Replayed", "true");
        as(TestKeys.ALICE).get("/payments?orderId=lost answer").then().body("data.size()", equalTo(1));
    }

    @Test
    void the_webhook_comes_before_the_call_that_caused_it_returns() {
        // Given
        plan("{\"match\":{\"call\":\"confirm\"},\"do\":\"late_answer\",\"by\":\"PT1S\"}");
        String id = newPayment("early bird", 5);

        // When
        pay(id);

        // Then
        assertThat(receiver.about("early bird")).hasSize(1);
    }

    @Test
    void a_status_query_is_answered_with_what_was() {
        // Given
        plan("{\"match\":{\"call\":\"find\"},\"do\":\"stale_status\",\"by\":\"PT1M\"}");
        String id = newPayment("stale", 5);
        pay(id);

        // When
        String early = Client.payment(id).getString("status");
        Client.advance("PT61S");
        String late = Client.payment(id).getString("status");

        // Then
        assertThat(List.of(early, late)).containsExactly("Pending", "Paid");
    }

    /** A cursor made of what was would lead back to what was read already, without an end. */
    @Test
    void a_list_that_shows_what_was_has_an_end() {
        // Given
        String order = "listed as they were";
        for (int number = 0; number < 3; number++) {
            newPayment(order, 5);
        }
        for (Object id : list(order, "").getList("data.paymentId")) {
            pay(String.valueOf(id));
        }
        plan("{\"match\":{\"call\":\"list\"},\"do\":\"stale_status\",\"by\":\"PT10M\"}");

        // When
        List<String> read = new ArrayList<>();
        String cursor = "";
        while (cursor != null && read.size() < 10) {
            JsonPath page = list(order, "&limit=1" + (cursor.isEmpty() ? "" : "&cursor=" + cursor));
            read.addAll(page.getList("data.paymentId"));
            assertThat(page.getList("data.status")).containsExactly("Pending");
            cursor = page.getString("nextCursor");
        }

        // Then
        assertThat(read).hasSize(3).doesNotHaveDuplicates();
    }

    private static JsonPath list(String orderId, String more) {
        return as(TestKeys.ALICE)
                .get("/payments?orderId=" + orderId + more)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    @Test
    void an_event_that_was_kept_back_and_then_failed_waits_for_its_retry() {
        // Given
        String order = "kept back";
        receiver.answering(webhook -> Reply.of(503).with("Retry-After", "3600"));
        plan("{\"match\":{\"event\":\"payment_success\"},\"do\":\"reorder\",\"by\":\"PT30S\"}");
        String id = newPayment(order, 5);
        pay(id);
        Client.advance("PT31S");
        assertThat(events(order)).containsExactly("payment_success");

        // When
        as(TestKeys.ALICE).post("/payments/" + id + "/refunds").then().statusCode(201);
        Client.advance("PT5S");

        // Then
        assertThat(events(order)).containsExactly("payment_success", "refund_success");
    }

    @Test
    void an_attempt_that_ends_after_everything_was_forgotten_is_none_of_what_came_since() {
        // Given
        as(TestKeys.OPERATOR).post("/simulator/reset").then().statusCode(204);
        pay(newPayment("before the reset", 5));
        await().untilAsserted(() -> assertThat(truth("before the reset").getInt("events[0].acknowledged"))
                .isEqualTo(1));
        long underWay = deliveryId("before the reset");
        as(TestKeys.OPERATOR).post("/simulator/reset").then().statusCode(204);
        plan("{\"do\":\"delay\",\"by\":\"PT1H\"}");
        pay(newPayment("after the reset", 5));

        // When
        deliveries
                .record(new Attempt(
                        underWay,
                        endpoint.getString("endpointId"),
                        URI.create(receiver.url()),
                        1,
                        Client.now(),
                        Duration.ofSeconds(1),
                        200,
                        null,
                        null,
                        Outcome.DELIVERED,
                        null,
                        List.of()))
                .await()
                .atMost(Duration.ofSeconds(10));

        // Then
        as(TestKeys.OPERATOR)
                .get("/simulator/truth/summary?prefix=after the reset")
                .then()
                .body("delivered", equalTo(0))
                .body("acknowledged", equalTo(0));
    }

    private static long deliveryId(String order) {
        String event = as(TestKeys.OPERATOR)
                .queryParam("orderId", order)
                .get("/events")
                .path("data[0].eventId");
        return as(TestKeys.OPERATOR)
                .get("/events/" + event + "/deliveries")
                .jsonPath()
                .getLong("data[0].deliveryId");
    }

    @Test
    void the_same_seed_and_the_same_calls_give_the_same_bytes_in_the_same_order() {
        // Given
        Instant start = Instant.parse("2030-01-01T00:00:00Z");

        // When
        List<String> first = run(start);
        List<String> second = run(start);

        // Then
        assertThat(first).hasSizeGreaterThan(8).hasSizeLessThan(24);
        assertThat(second).isEqualTo(first);
    }

    /** Twelve orders under a rough plan, on a clock that stands still; what arrived, in the order of arrival. */
    private List<String> run(Instant start) {
        as(TestKeys.OPERATOR).post("/simulator/reset").then().statusCode(204);
        json(TestKeys.OPERATOR, "{\"now\":\"" + start + "\",\"running\":false}").put("/simulator/clock");
        plan("{\"match\":{\"probability\":0.5},\"do\":\"duplicate\"},{\"match\":{\"every\":3},\"do\":\"drop\"}");
        int before = receiver.received().size();
        for (int i = 0; i < 12; i++) {
            pay(newPayment("replay" + i, 5));
            Client.advance("PT1S");
        }
        return receiver.received().stream().skip(before).map(Received::body).toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"rules\":[{\"do\":\"explode\"}]}                              | rules[0]",
                "{\"rules\":[{}]}                                                | rules[0].do",
                "{\"rules\":[{\"do\":\"drop\",\"chance\":1}]}                    | rules[0].chance",
                "{\"rules\":[{\"do\":\"drop\",\"match\":{\"probability\":2}}]}   | rules[0].match.probability",
                "{\"rules\":[{\"do\":\"drop\",\"match\":{\"event\":\"paid\"}}]}  | rules[0].match",
                "{\"rules\":[{\"do\":\"drop\",\"match\":{\"every\":0}}]}         | rules[0].match.every",
                "{\"rules\":[{\"do\":\"delay\",\"by\":\"soon\"}]}                | rules[0].by",
                "{\"rules\":[{\"do\":\"duplicate\",\"times\":1}]}                | rules[0]",
                "{\"rules\":{}}                                                  | rules",
                "{}                                                              | rules",
                "{\"plan\":\"stormy\"}                                           | plan",
            })
    void a_plan_that_cannot_be_followed_is_refused_with_its_place(String plan, String place) {
        json(TestKeys.OPERATOR, plan)
                .put("/simulator/plan")
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_plan"))
                .body("errors[0].field", equalTo(place));
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "rough-day", "hostile", "black-friday", "provider-outage"})
    void each_named_plan_can_be_put_into_force(String name) {
        json(TestKeys.OPERATOR, "{\"plan\":\"" + name + "\",\"seed\":7}")
                .put("/simulator/plan")
                .then()
                .statusCode(200)
                .body("plan", equalTo(name));
    }

    @Test
    void truth_is_streamed_an_order_per_line() {
        // Given
        pay(newPayment("stream-a", 5));
        newPayment("stream-b", 5);

        // When
        String lines = as(TestKeys.OPERATOR)
                .accept("application/x-ndjson")
                .get("/simulator/truth?prefix=stream-")
                .then()
                .statusCode(200)
                .extract()
                .asString();

        // Then
        assertThat(lines.strip().lines()).hasSize(2);
        assertThat(lines.lines().toList().get(0)).contains("\"orderId\":\"stream-a\",\"finalState\":\"Paid\"");
        assertThat(lines.lines().toList().get(1)).contains("\"orderId\":\"stream-b\",\"finalState\":\"Pending\"");
    }

    @Test
    void a_client_that_polls_too_much_feels_it() {
        // Given
        String id = newPayment("polled", 5);
        String tag = as(TestKeys.READER).get("/payments/" + id).header("ETag");

        // When
        Response unchanged = as(TestKeys.READER).header("If-None-Match", tag).get("/payments/" + id);
        Response last = unchanged;
        for (int i = 0; i < 2_000 && last.statusCode() != 429; i++) {
            last = as(TestKeys.READER).get("/payments/" + id);
        }

        // Then
        unchanged.then().statusCode(304);
        assertThat(unchanged.header("RateLimit-Limit")).isEqualTo("60");
        last.then().statusCode(429).header("RateLimit-Remaining", "0").body("code", equalTo("rate_limited"));
        assertThat(Integer.parseInt(last.header("Retry-After"))).isPositive();
        assertThat(truth("polled").getInt("statusQueries")).isGreaterThanOrEqualTo(60);
    }

    @Test
    void a_key_that_is_written_otherwise_is_the_same_key() {
        // Given
        String id = newPayment("polled otherwise", 5);
        await().pollInterval(Duration.ofMillis(1))
                .atMost(Duration.ofSeconds(60))
                .until(() -> as(TestKeys.READER).get("/payments/" + id).statusCode() == 429);

        // When
        Response otherwise = io.restassured.RestAssured.given()
                .header("Authorization", "bEARER   " + TestKeys.READER)
                .get("/payments/" + id);

        // Then
        assertThat(Integer.parseInt(otherwise.header("RateLimit-Remaining"))).isLessThan(30);
    }

    /** Who hears a page hears its title first. */
    @Test
    void the_title_of_the_page_says_where_the_payment_stands() {
        // Given
        String id = newPayment("title", 1234);
        String before = io.restassured.RestAssured.get("/checkout/" + id).asString();

        // When
        io.restassured.RestAssured.given()
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/checkout/" + id + "/decline");

        // Then
        assertThat(before).contains("<title>Pay order title</title>");
        assertThat(io.restassured.RestAssured.get("/checkout/" + id).asString())
                .containsPattern("<title>The payment was declined[^<]*\\. You can try again\\. Order title</title>");
    }

    @Test
    void people_pay_and_decline_on_a_plain_page() {
        // Given
        String id = newPayment("<b>page</b>", 1234);

        // When
        Response page = io.restassured.RestAssured.get("/checkout/" + id);
        Response declined = io.restassured.RestAssured.given()
                .redirects()
                .follow(false)
                .contentType("application/x-www-form-urlencoded")
                .post("/checkout/" + id + "/decline");
        Response paid = io.restassured.RestAssured.given()
                .redirects()
                .follow(false)
                .formParam("card", "4242424242424242")
                .post("/checkout/" + id + "/pay");

        // Then
        page.then()
                .statusCode(200)
                .body(containsString("12.34 USD"))
                .body(containsString("&lt;b&gt;page"))
                .body(containsString("Decline"));
        declined.then().statusCode(303);
        paid.then().statusCode(303).header("Location", equalTo("/checkout/" + id));
        io.restassured.RestAssured.get("/checkout/" + id).then().body(containsString("Paid. Thank you."));
        io.restassured.RestAssured.get("/checkout/pay_none").then().statusCode(404);
        await().untilAsserted(
                        () -> assertThat(events("<b>page</b>")).containsExactly("payment_failed", "payment_success"));
    }

    private static void plan(String rules) {
        json(TestKeys.OPERATOR, "{\"seed\":42,\"rules\":[" + rules + "]}")
                .put("/simulator/plan")
                .then()
                .statusCode(200);
    }

    private static JsonPath truth(String orderId) {
        return as(TestKeys.OPERATOR)
                .queryParam("orderId", orderId)
                .get("/simulator/truth")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath()
                .setRootPath("data[0]");
    }

    private List<Received> of(String paymentId) {
        return receiver.received().stream()
                .filter(webhook -> webhook.body().contains(paymentId))
                .toList();
    }

    private List<String> events(String orderId) {
        return receiver.about(orderId).stream()
                .map(webhook -> JsonPath.from(webhook.body()).getString("event"))
                .toList();
    }

    private boolean verifies(Received webhook) {
        try {
            new Webhook(endpoint.getString("secret")).verify(webhook.body(), webhook.headers());
            return true;
        } catch (WebhookVerificationException | EmptyWebhookSecretException e) {
            return false;
        }
    }
}
