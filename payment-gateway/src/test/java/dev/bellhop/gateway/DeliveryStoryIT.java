package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.notNullValue;

import com.standardwebhooks.Webhook;
import dev.bellhop.gateway.RecordingReceiver.Received;
import dev.bellhop.gateway.RecordingReceiver.Reply;
import dev.bellhop.gateway.app.DeliveryConfig;
import dev.bellhop.gateway.app.PruneHistory;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class DeliveryStoryIT {

    @Inject
    DeliveryConfig config;

    @Inject
    PruneHistory pruneHistory;

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
        Client.realTime();
    }

    @Test
    void a_failing_receiver_is_tried_ten_times_over_three_days() {
        // Given
        receiver.answering(webhook -> Reply.of(503));
        pay(newPayment("schedule", 5));
        await().untilAsserted(() -> assertThat(receiver.about("schedule")).hasSize(1));

        // When
        Client.advance("P5D");

        // Then
        List<JsonPath> attempts = attempts("schedule");
        assertThat(attempts).hasSize(10);
        List<Duration> schedule =
                List.of("PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H").stream()
                        .map(Duration::parse)
                        .toList();
        for (int i = 0; i < schedule.size(); i++) {
            Duration waited = Duration.between(startOf(attempts.get(i)), startOf(attempts.get(i + 1)));
            double wanted = schedule.get(i).toMillis();
            assertThat((double) waited.toMillis())
                    .as("delay after attempt %d", i + 1)
                    .isCloseTo(wanted, within(wanted * 0.2 + 1_000));
        }
        assertThat(delivery("schedule").getString("status")).isEqualTo("failed");
        assertThat(receiver.about("schedule").stream()
                        .map(webhook -> webhook.header("webhook-id"))
                        .distinct())
                .hasSize(1);
    }

    @Test
    void whoever_configures_nothing_gets_what_standard_webhooks_recommends() {
        assertThat(config.schedule().stream().map(Duration::toString))
                .containsExactly("PT0S", "PT5S", "PT5M", "PT30M", "PT2H", "PT5H", "PT10H", "PT14H", "PT20H", "PT24H");
        assertThat(config.jitter()).isEqualTo(0.2);
        assertThat(config.timeout()).isEqualTo(Duration.ofSeconds(15));
        assertThat(config.disableAfter()).isEqualTo(Duration.ofDays(5));
    }

    @Test
    void what_is_older_than_anybody_retries_is_forgotten_but_not_the_payment() {
        // Given
        String payment = newPayment("long ago", 5);
        pay(payment);
        await().untilAsserted(() -> assertThat(receiver.about("long ago")).hasSize(1));
        String event = "/events/" + receiver.about("long ago").get(0).header("webhook-id");
        pruneHistory.run().await().atMost(Duration.ofSeconds(10));
        as(TestKeys.OPERATOR).get(event).then().statusCode(200);

        // When
        Client.advance("P32D");
        pruneHistory.run().await().atMost(Duration.ofSeconds(10));

        // Then
        as(TestKeys.OPERATOR).get(event).then().statusCode(404);
        assertThat(Client.payment(payment).getString("status")).isEqualTo("Paid");
    }

    @Test
    void what_waits_for_a_disabled_endpoint_is_forgotten_like_everything_else() {
        // Given
        receiver.answering(webhook -> Reply.of(503));
        pay(newPayment("waits in vain", 5));
        await().untilAsserted(() -> assertThat(attempts("waits in vain")).hasSize(1));
        String event = "/events/" + eventId("waits in vain");
        json(TestKeys.OPERATOR, "{\"status\":\"disabled\"}")
                .patch("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("status", equalTo("disabled"));

        // When
        Client.advance("P32D");
        pruneHistory.run().await().atMost(Duration.ofSeconds(10));

        // Then
        as(TestKeys.OPERATOR).get(event).then().statusCode(404);
    }

    @Test
    void https_is_meant_however_it_is_written() {
        // Given
        JsonPath shouted = Client.endpoint("{\"url\":\"" + receiver.url().replace("http:", "HTTPS:") + "\"}");
        Client.delete(endpoint.getString("endpointId"));
        endpoint = shouted;

        // When
        pay(newPayment("shouted", 5));

        // Then
        await().untilAsserted(() -> assertThat(attempts("shouted")).isNotEmpty());
        assertThat(receiver.about("shouted")).isEmpty();
    }

    @Test
    void retry_after_is_waited_for() {
        // Given
        receiver.answering(webhook -> Reply.of(429).with("Retry-After", "3600"));
        pay(newPayment("patient", 5));
        await().untilAsserted(() -> assertThat(receiver.about("patient")).hasSize(1));

        // When
        Client.advance("PT59M");
        int early = receiver.about("patient").size();
        receiver.answering(webhook -> Reply.of(200));
        Client.advance("PT2M");

        // Then
        assertThat(early).isEqualTo(1);
        assertThat(receiver.about("patient")).hasSize(2);
        assertThat(delivery("patient").getString("status")).isEqualTo("delivered");
    }

    @Test
    void a_receiver_that_is_gone_is_left_alone() {
        // Given
        receiver.answering(webhook -> Reply.of(410));

        // When
        pay(newPayment("gone", 5));

        // Then
        await().untilAsserted(() -> as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("status", equalTo("disabled"))
                .body("disabledReason", equalTo("gone")));
        Client.advance("P1D");
        assertThat(receiver.about("gone")).hasSize(1);
    }

    @Test
    void a_redirect_is_a_failure_and_is_not_followed() {
        // Given
        AtomicInteger followed = new AtomicInteger();
        RecordingReceiver other = new RecordingReceiver().answering(webhook -> {
            followed.incrementAndGet();
            return Reply.of(200);
        });
        receiver.answering(webhook -> Reply.of(307).with("Location", other.url()));

        // When
        pay(newPayment("redirected", 5));

        // Then
        await().untilAsserted(() -> assertThat(attempts("redirected")).hasSize(1));
        assertThat(attempts("redirected").get(0).getInt("status")).isEqualTo(307);
        assertThat(delivery("redirected").getString("status")).isEqualTo("pending");
        assertThat(followed).hasValue(0);
        other.close();
    }

    @Test
    void an_endpoint_that_only_fails_for_five_days_is_disabled() {
        // Given
        receiver.answering(webhook -> Reply.of(500));
        pay(newPayment("first of the failing", 5));
        await().untilAsserted(() -> assertThat(receiver.received()).isNotEmpty());
        Client.advance("PT119H");

        // When
        pay(newPayment("last of the failing", 5));
        Client.advance("PT4H");

        // Then
        as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("status", equalTo("disabled"))
                .body("disabledReason", equalTo("failing"));
    }

    @Test
    void an_endpoint_that_took_one_webhook_within_five_days_is_not_disabled() {
        // Given
        // In a week that has passed, or its events would be of the future to other tests.
        json(TestKeys.OPERATOR, "{\"now\":\"" + Instant.now().minus(Duration.ofDays(7)) + "\"}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);
        receiver.answering(webhook -> Reply.of(500));
        pay(newPayment("failed long ago", 5));
        await().untilAsserted(() -> assertThat(attempts("failed long ago")).hasSize(1));
        Client.advance("PT119H");
        receiver.answering(webhook -> Reply.of(200));
        pay(newPayment("taken once", 5));
        await().untilAsserted(() ->
                assertThat(delivery("taken once").getString("status")).isEqualTo("delivered"));

        // When
        receiver.answering(webhook -> Reply.of(500));
        pay(newPayment("failed lately", 5));
        Client.advance("PT4H");

        // Then
        as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("status", equalTo("enabled"));
    }

    @Test
    void one_payments_events_arrive_in_order_even_if_the_first_one_fails_at_first() {
        // Given
        AtomicInteger calls = new AtomicInteger();
        receiver.answering(webhook -> Reply.of(calls.incrementAndGet() == 1 ? 500 : 200));
        String id = newPayment("ordered", 50);
        pay(id);
        as(TestKeys.ALICE).post("/payments/" + id + "/refunds").then().statusCode(201);
        await().untilAsserted(() -> assertThat(receiver.about("ordered")).hasSize(1));

        // When
        Client.advance("PT1M");

        // Then
        assertThat(receiver.about("ordered").stream().map(DeliveryStoryIT::event))
                .containsExactly("payment_success", "payment_success", "refund_success");
    }

    @Test
    void a_dead_endpoint_delays_nobody_else() {
        // Given
        JsonPath dead = Client.endpoint("{\"url\":\"http://127.0.0.1:1/dead\"}");
        for (int i = 0; i < 40; i++) {
            pay(newPayment("crowd" + i, 5));
        }

        // When
        pay(newPayment("unharmed", 5));

        // Then
        await().atMost(Duration.ofSeconds(2))
                .untilAsserted(() -> assertThat(receiver.about("unharmed")).hasSize(1));
        await().untilAsserted(() -> as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + dead.getString("endpointId"))
                .then()
                .body("pausedUntil", org.hamcrest.Matchers.notNullValue()));
        Client.delete(dead.getString("endpointId"));
    }

    @Test
    void a_receiver_that_has_recovered_gets_everything_after_the_pause() {
        // Given
        receiver.answering(webhook -> Reply.of(500));
        for (int i = 0; i < 25; i++) {
            pay(newPayment("paused" + i, 5));
        }
        await().untilAsserted(() -> as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("pausedUntil", org.hamcrest.Matchers.notNullValue()));

        // When
        receiver.answering(webhook -> Reply.of(200));
        Client.advance("PT10M");

        // Then
        as(TestKeys.OPERATOR)
                .get("/simulator/truth/summary?prefix=paused")
                .then()
                .body("delivered", equalTo(25))
                .body("pending", equalTo(0));
        as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("consecutiveFailures", equalTo(0));
    }

    @Test
    void an_endpoint_that_was_paused_gets_webhooks_when_the_clock_is_set_back() {
        // Given
        Client.advance("P3D");
        pauseEndpoint("refused in three days");

        // When
        Client.realTime();
        pay(newPayment("taken today", 5));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("taken today")).hasSize(1));
        // Who recovers what was since now would find what was in three days.
        as(TestKeys.OPERATOR).post("/simulator/reset").then().statusCode(204);
    }

    @Test
    void an_endpoint_is_not_paused_for_what_was_before_a_reset() {
        // Given
        json(TestKeys.OPERATOR, "{\"now\":\"" + Client.now() + "\",\"running\":false}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);
        pauseEndpoint("refused before");

        // When
        as(TestKeys.OPERATOR).post("/simulator/reset").then().statusCode(204);
        pay(newPayment("taken after", 5));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("taken after")).hasSize(1));
    }

    @Test
    void an_endpoint_that_goes_on_failing_is_left_alone_twice_as_long_after_each_try() {
        // Given
        json(TestKeys.OPERATOR, "{\"now\":\"" + Client.now() + "\",\"running\":false}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);
        pauseEndpoint("never taken");
        receiver.answering(webhook -> Reply.of(401));
        List<Long> pauses = new ArrayList<>();

        // When
        for (int pause = 0; pause < 5; pause++) {
            Duration left = Duration.between(Client.now(), pausedUntil());
            pauses.add(left.toSeconds());
            Client.advance(left.toString());
        }

        // Then
        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L);
        // one after each pause, or two if two workers look at once; some ten are due after each of the first two
        assertThat(receiver.received()).hasSizeBetween(25, 30);
    }

    private Instant pausedUntil() {
        return Instant.parse(as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .path("pausedUntil"));
    }

    /** By refusing what it gets; then it takes everything. */
    private void pauseEndpoint(String orders) {
        receiver.answering(webhook -> Reply.of(401));
        for (int number = 0; number < 20; number++) {
            pay(newPayment(orders + number, 5));
        }
        await().untilAsserted(() -> as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("pausedUntil", notNullValue()));
        receiver.answering(webhook -> Reply.of(200));
    }

    @Test
    void an_endpoint_gets_no_more_a_second_than_it_takes() {
        // Given
        java.util.concurrent.ConcurrentLinkedQueue<Long> arrivals = new java.util.concurrent.ConcurrentLinkedQueue<>();
        receiver.answering(webhook -> {
            arrivals.add(System.nanoTime());
            return Reply.of(200);
        });
        json(TestKeys.OPERATOR, "{\"ratePerSecond\":4}")
                .patch("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("ratePerSecond", equalTo(4));

        // When
        json(TestKeys.OPERATOR, "{\"payments\":12,\"ratePerSecond\":1000,\"orderPrefix\":\"rated-\"}")
                .post("/simulator/load")
                .then()
                .statusCode(202);

        // Then
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(arrivals).hasSize(12));
        List<Long> times = List.copyOf(arrivals);
        // Four at once, and the other eight at four a second.
        assertThat(Duration.ofNanos(times.get(11) - times.get(0))).isGreaterThan(Duration.ofMillis(1_700));
    }

    @Test
    void both_secrets_sign_while_they_overlap() throws Exception {
        // Given
        JsonPath rotated = json(TestKeys.OPERATOR, "{\"overlap\":\"PT1H\"}")
                .post("/webhook-endpoints/" + endpoint.getString("endpointId") + "/rotate-secret")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        Webhook older = new Webhook(endpoint.getString("secret"));
        Webhook newer = new Webhook(rotated.getString("secret"));

        // When
        pay(newPayment("overlap", 5));
        await().untilAsserted(() -> assertThat(receiver.about("overlap")).hasSize(1));
        Received during = receiver.about("overlap").get(0);

        // Then
        assertThat(during.header("webhook-signature").split(" ")).hasSize(2);
        older.verify(during.body(), during.headers());
        newer.verify(during.body(), during.headers());
        Client.advance("PT61M");
        pay(newPayment("after", 5));
        await().untilAsserted(() -> assertThat(receiver.about("after")).hasSize(1));
        assertThat(receiver.about("after").get(0).header("webhook-signature").split(" "))
                .hasSize(1);
    }

    /** It may be in the wrong hands. */
    @Test
    void a_secret_that_has_ended_does_not_sign_again_after_another_rotation() {
        // Given
        rotate("PT0S");
        rotate("PT1H");

        // When
        pay(newPayment("two rotations", 5));
        await().untilAsserted(() -> assertThat(receiver.about("two rotations")).hasSize(1));

        // Then
        assertThat(receiver.about("two rotations")
                        .get(0)
                        .header("webhook-signature")
                        .split(" "))
                .hasSize(2);
    }

    private void rotate(String overlap) {
        json(TestKeys.OPERATOR, "{\"overlap\":\"" + overlap + "\"}")
                .post("/webhook-endpoints/" + endpoint.getString("endpointId") + "/rotate-secret")
                .then()
                .statusCode(200);
    }

    @Test
    void what_was_missed_is_recovered_and_one_event_is_resent() {
        // Given
        receiver.answering(webhook -> Reply.of(410));
        Instant since = Client.now();
        pay(newPayment("missed1", 5));
        await().untilAsserted(() ->
                assertThat(delivery("missed1").getString("status")).isEqualTo("failed"));
        pay(newPayment("missed2", 5));
        receiver.answering(webhook -> Reply.of(200));
        json(TestKeys.OPERATOR, "{\"status\":\"enabled\"}")
                .patch("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("status", equalTo("enabled"));

        // When
        as(TestKeys.OPERATOR)
                .queryParam("since", since.toString())
                .post("/webhook-endpoints/" + endpoint.getString("endpointId") + "/recover")
                .then()
                .statusCode(202)
                .body("deliveries", equalTo(2));

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("missed2")).hasSize(1));
        await().untilAsserted(() -> assertThat(receiver.about("missed1")).hasSize(2));
        as(TestKeys.OPERATOR)
                .post("/events/" + eventId("missed2") + "/resend")
                .then()
                .statusCode(202)
                .body("deliveries", equalTo(1));
        await().untilAsserted(() -> assertThat(receiver.about("missed2")).hasSize(2));
        assertThat(receiver.about("missed2").get(1).header("webhook-id"))
                .isEqualTo(receiver.about("missed2").get(0).header("webhook-id"));
    }

    @Test
    void a_pending_card_is_answered_when_its_time_has_come_and_an_unpaid_payment_expires() {
        // Given
        String later = newPayment("later paid", 5);
        Client.confirm(later, "4000000000003220").statusCode(200).body("status", equalTo("Pending"));
        Client.confirm(later, "4242424242424242").statusCode(409).body("code", equalTo("payment_being_processed"));
        String never = newPayment("never paid", 5);

        // When
        Client.advance("PT6M");
        String afterMinutes = Client.payment(later).getString("status");
        Client.advance("PT24H");

        // Then
        assertThat(afterMinutes).isEqualTo("Paid");
        assertThat(Client.payment(never).getString("status")).isEqualTo("Cancelled");
        assertThat(receiver.about("later paid").stream().map(DeliveryStoryIT::event))
                .containsExactly("payment_success");
        assertThat(receiver.about("never paid").stream().map(DeliveryStoryIT::event))
                .containsExactly("payment_cancelled");
    }

    @Test
    void events_are_filtered_by_the_endpoint() {
        // Given
        json(TestKeys.OPERATOR, "{\"events\":[\"refund_success\"]}")
                .patch("/webhook-endpoints/" + endpoint.getString("endpointId"))
                .then()
                .body("events", hasSize(1));
        String id = newPayment("filtered", 5);

        // When
        pay(id);
        as(TestKeys.ALICE).post("/payments/" + id + "/refunds").then().statusCode(201);

        // Then
        await().untilAsserted(() -> assertThat(receiver.about("filtered")).hasSize(1));
        assertThat(event(receiver.about("filtered").get(0))).isEqualTo("refund_success");
    }

    private static String event(Received webhook) {
        return JsonPath.from(webhook.body()).getString("event");
    }

    private static String eventId(String orderId) {
        return as(TestKeys.OPERATOR)
                .queryParam("orderId", orderId)
                .get("/events")
                .then()
                .statusCode(200)
                .extract()
                .path("data[0].eventId");
    }

    private static JsonPath delivery(String orderId) {
        JsonPath all = as(TestKeys.OPERATOR)
                .get("/events/" + eventId(orderId) + "/deliveries?limit=100")
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
        return all.setRootPath("data[0]");
    }

    private static List<JsonPath> attempts(String orderId) {
        JsonPath delivery = delivery(orderId);
        int count = delivery.getList("log").size();
        return java.util.stream.IntStream.range(0, count)
                .mapToObj(i -> delivery(orderId).setRootPath("data[0].log[" + i + "]"))
                .toList();
    }

    private static Instant startOf(JsonPath attempt) {
        return Instant.parse(attempt.getString("startedAt"));
    }
}
