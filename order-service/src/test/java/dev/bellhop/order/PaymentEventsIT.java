package dev.bellhop.order;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.ParkedEvents;
import dev.bellhop.order.app.QuestionLog;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.testing.RealKafka;
import dev.bellhop.testing.RealPostgres;
import dev.bellhop.testing.SharedStack;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(value = RealKafka.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = RealPostgres.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = ScriptedProvider.class, restrictToAnnotatedClass = true)
class PaymentEventsIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Duration FIRST_QUESTION = Duration.ofSeconds(2);
    private static final Duration EXPIRY = Duration.ofSeconds(6);
    private static final KafkaProducer<String, byte[]> PRODUCER = new KafkaProducer<>(
            Map.of("bootstrap.servers", SharedStack.get().bootstrapServers(), "acks", "all"),
            new StringSerializer(),
            new ByteArraySerializer());

    @Inject
    ParkedEvents parked;

    @Inject
    Questions questions;

    @Inject
    QuestionLog questionLog;

    @Inject
    Pool pool;

    @Inject
    AheadClock clock;

    @Inject
    Scheduler scheduler;

    @AfterEach
    void time_goes_on() {
        scheduler.resume();
    }

    @BeforeEach
    void there_is_something_to_buy() {
        operator()
                .body("{\"productId\":\"article\",\"name\":\"Article\",\"amount\":999,\"currency\":\"USD\"}")
                .put("/products/article");
    }

    @AfterAll
    static void close() {
        PRODUCER.close();
    }

    @Test
    void an_event_that_is_delivered_fifty_times_moves_the_order_once() {
        // Given
        String order = placed();
        String event = "evt_" + order;

        // When
        for (int n = 0; n < 50; n++) {
            send(event, captured(order, "pay_1", 999));
        }

        // Then
        awaitStatus(order, "Paid");
        String last = placed();
        send("evt_" + last, captured(last, "pay_1", 999));
        awaitStatus(last, "Paid");
        assertThat(history(order)).containsExactly("Pending", "Paid");
        assertThat(ScriptedProvider.questions(order)).isZero();
    }

    @Test
    void any_order_of_arrival_ends_in_the_same_state() {
        // Given
        List<String> bodies = List.of(
                "{\"event\":\"payment_failed\",\"orderId\":\"ID\",\"paymentId\":\"pay_1\"}",
                "{\"event\":\"payment_success\",\"orderId\":\"ID\",\"amount\":999,\"paymentId\":\"pay_1\"}",
                "{\"event\":\"refund_success\",\"orderId\":\"ID\",\"amount\":400,\"paymentId\":\"pay_1\","
                        + "\"refundId\":\"ref_1\"}");
        int[][] permutations = {{0, 1, 2}, {0, 2, 1}, {1, 0, 2}, {1, 2, 0}, {2, 0, 1}, {2, 1, 0}};

        for (int[] permutation : permutations) {
            // When
            String order = placed();
            for (int n : permutation) {
                send("evt_" + n + order, bodies.get(n).replace("ID", order));
            }

            // Then
            awaitStatus(order, "PartiallyRefunded");
        }
    }

    @Test
    void an_event_that_came_before_its_order_is_applied_with_it() {
        // Given
        String order = id();
        String marker = placed();
        send(
                "evt_" + order,
                "{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":999," + "\"status\":\"Paid\"}",
                marker);
        send("evt_" + marker, captured(marker, "pay_1", 999), marker);
        awaitStatus(marker, "Paid");

        // When
        place(order);

        // Then
        assertThat(status(order)).isEqualTo("Paid");
        assertThat(history(order)).containsExactly("Pending", "Paid");
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

    @Test
    void of_many_instances_one_takes_an_order_that_nobody_placed() {
        // Given
        List<String> orders = Stream.generate(PaymentEventsIT::id).limit(20).toList();
        orders.forEach(order -> send("evt_" + order, captured(order, "pay_1", 999)));
        orders.forEach(order -> awaitReason("evt_" + order, "order_unknown"));
        Instant now = clock.instant();

        // When
        List<List<ParkedEvents.Waiting>> taken = Uni.join()
                .all(Stream.generate(() -> parked.take(1_000, now, now, now.plusSeconds(60)))
                        .limit(8)
                        .toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        // Then
        assertThat(taken.stream()
                        .flatMap(List::stream)
                        .map(ParkedEvents.Waiting::orderId)
                        .filter(orders::contains))
                .containsExactlyInAnyOrderElementsOf(orders);
    }

    @Test
    void of_many_instances_one_takes_an_order_that_is_due() {
        // Given
        List<String> orders = Stream.generate(this::placedUnasked).limit(20).toList();
        Instant due = clock.instant().plus(Duration.ofHours(1));

        // When
        List<List<Question>> taken = Uni.join()
                .all(Stream.generate(() -> questions.take(1_000, due, due.plusSeconds(60)))
                        .limit(8)
                        .toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        // Then
        assertThat(taken.stream().flatMap(List::stream).map(Question::orderId).filter(orders::contains))
                .containsExactlyInAnyOrderElementsOf(orders);
    }

    @Test
    void questions_that_are_not_answered_are_counted_until_one_is() {
        // Given
        String order = placedUnasked();
        Instant due = clock.instant().plus(Duration.ofHours(2));
        Question question = taken(order, due).orElseThrow();

        // When
        questions.unanswered(question, due.plusSeconds(100)).await().atMost(SOON);

        // Then
        assertThat(question.unanswered()).isZero();
        assertThat(taken(order, due.plusSeconds(99))).isEmpty();
        assertThat(taken(order, due.plusSeconds(100)).orElseThrow().unanswered())
                .isEqualTo(1);

        // When
        scheduler.resume();
        clock.jump(Duration.ofHours(2).plusSeconds(200));
        awaitStatus(order, "Expired");
        assertThat(pool.preparedQuery("select unanswered from orders where order_id = $1")
                        .execute(Tuple.of(order))
                        .await()
                        .atMost(SOON)
                        .iterator()
                        .next()
                        .getInteger("unanswered"))
                .isZero();
    }

    @Test
    void a_refund_that_is_asked_for_while_an_order_is_taken_keeps_its_time() {
        // Given
        String order = placedUnasked();
        Instant due = clock.instant().plus(Duration.ofHours(3));
        Instant refund = due.plus(Duration.ofHours(1));
        Question question = taken(order, due).orElseThrow();

        // When
        questions.expectRefund(order, 999, refund).await().atMost(SOON);
        questions.unanswered(question, due.plusSeconds(1)).await().atMost(SOON);
        questions.postpone(List.of(question), due.plusSeconds(1)).await().atMost(SOON);

        // Then
        assertThat(taken(order, refund.minusSeconds(1))).isEmpty();
        assertThat(taken(order, refund).map(Question::refundExpected)).hasValue(999L);
    }

    /** Nobody asks about it until the end of the test. */
    private String placedUnasked() {
        scheduler.pause();
        return placed();
    }

    private Optional<Question> taken(String order, Instant now) {
        return questions.take(1_000, now, now.plusSeconds(60)).await().atMost(SOON).stream()
                .filter(question -> question.orderId().equals(order))
                .findFirst();
    }

    private static io.restassured.path.json.JsonPath event(String event) {
        return operator().get("/webhook-events/" + event).jsonPath();
    }

    private static void awaitReason(String event, String reason) {
        await().atMost(SOON).untilAsserted(() -> assertThat(event(event).getString("event.reason"))
                .isEqualTo(reason));
    }

    @Test
    void poison_is_set_aside_with_its_reason_and_delays_nobody() {
        // Given
        String order = placed();
        String run = UUID.randomUUID().toString();
        Map<String, byte @Nullable []> poison = new HashMap<>();
        poison.put("malformed_json", bytes("{\"event\":"));
        poison.put("invalid_order_id", bytes("{\"event\":\"payment_success\",\"amount\":1}"));
        poison.put("unknown_event", bytes("{\"event\":\"paid\",\"orderId\":\"1\",\"amount\":1}"));
        poison.put("invalid_amount", bytes("{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":-1}"));
        poison.put("no_value", null);

        // When
        poison.forEach((reason, body) -> send(run + reason, body, order));
        send(run + "utf8", new byte[] {'{', '"', (byte) 0xC3, '(', '"', ':', '1', '}'}, order);
        send(run + "huge", bytes("{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":1e400}"), order);
        send(run + "type", bytes("{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":\"999\"}"), order);
        send(run + "part", bytes("{\"event\":\"payment_success\",\"orderId\":\"1\",\"amount\":9.99}"), order);
        send("evt_" + order, captured(order, "pay_1", 999), order);

        // Then
        awaitStatus(order, "Paid");
        Map<String, String> letters = deadLetters(run, 9);
        poison.keySet().forEach(reason -> assertThat(letters).containsEntry(run + reason, reason));
        List.of("utf8", "huge", "type", "part")
                .forEach(each -> assertThat(letters).containsEntry(run + each, "malformed_json"));
    }

    @Test
    void a_database_outage_delays_events_and_loses_none() {
        // Given
        List<String> orders = new ArrayList<>();
        for (int n = 0; n < 5; n++) {
            orders.add(placed());
        }

        // When
        SharedStack.get().postgres().stop();
        try {
            orders.forEach(order -> send("evt_" + order, captured(order, "pay_1", 999)));
        } finally {
            SharedStack.get().postgres().start();
        }

        // Then
        orders.forEach(order -> awaitStatus(order, "Paid"));
        assertThat(deadLetters("evt_" + orders.get(0), 0)).isEmpty();
        orders.forEach(order -> assertThat(history(order)).containsExactly("Pending", "Paid"));
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
        send("evt_r_" + order, captured(order, "pay_q", 999).replace("payment_success", "refund_success"));

        // Then
        awaitStatus(order, "Refunded");
        String later = placed();
        clock.jump(FIRST_QUESTION);
        await().atMost(SOON).until(() -> ScriptedProvider.questions(later) > 0);
        assertThat(ScriptedProvider.questions(order)).isZero();
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
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(questionLog.of(order).await().atMost(SOON)).hasSize(1));
        clock.jump(FIRST_QUESTION);
        awaitStatus(order, "Refunded");
    }

    @Test
    void a_mismatch_that_the_provider_confirms_stays_a_review() {
        // Given
        String order = placed();
        ScriptedProvider.knows(order, "pay_7", "Paid", 5);

        // When
        send("evt_" + order, captured(order, "pay_7", 5));

        // Then
        await().atMost(SOON).until(() -> ScriptedProvider.questions(order) == 1);
        awaitStatus(order, "NeedsReview");
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
    void an_operator_ends_a_review_and_says_why() {
        // Given
        String accepted = inReview();
        String cancelled = inReview();

        // When
        resolve(accepted, "accept").then().statusCode(200);
        resolve(cancelled, "cancel").then().statusCode(200);

        // Then
        assertThat(status(accepted)).isEqualTo("Paid");
        assertThat(status(cancelled)).isEqualTo("Cancelled");
        assertThat(resolve(accepted, "accept").statusCode()).isEqualTo(409);
        assertThat(history(accepted)).endsWith("NeedsReview", "Paid");
    }

    private static String inReview() {
        String order = placed();
        ScriptedProvider.knows(order, "pay_7", "Paid", 5);
        send("evt_" + order, captured(order, "pay_7", 5));
        awaitStatus(order, "NeedsReview");
        return order;
    }

    private static io.restassured.response.Response resolve(String order, String action) {
        return operator()
                .body("{\"action\":\"" + action + "\",\"reason\":\"the customer called\"}")
                .post("/orders/" + order + "/review/resolve");
    }

    @Test
    void an_event_is_found_in_the_log_and_its_replay_is_an_attempt_of_its_own() {
        // Given
        String order = placed();
        send("evt_" + order, captured(order, "pay_1", 999));
        awaitStatus(order, "Paid");

        // When
        var replay = operator().post("/webhook-events/evt_" + order + "/replay");

        // Then
        assertThat(replay.statusCode()).isEqualTo(200);
        assertThat(replay.jsonPath().getString("status")).isEqualTo("superseded");
        var list = operator().get("/webhook-events?orderId=" + order).jsonPath();
        assertThat(list.getList("data.eventId")).containsExactly("evt_" + order);
        assertThat(list.getList("data.status")).containsExactly("applied");
        var detail = operator().get("/webhook-events/evt_" + order).jsonPath();
        assertThat(detail.getString("body")).isEqualTo(captured(order, "pay_1", 999));
        assertThat(detail.getList("replays")).hasSize(1);
        assertThat(operator()
                        .body("{\"orderId\":\"" + order + "\",\"dryRun\":true}")
                        .post("/webhook-events/replay")
                        .jsonPath()
                        .getInt("count"))
                .isEqualTo(1);
        assertThat(client().get("/webhook-events").statusCode()).isEqualTo(403);
        assertThat(history(order)).containsExactly("Pending", "Paid");
    }

    @Test
    void replays_keep_the_distance_that_was_asked_for() {
        // Given
        String order = placed();
        received(order, 5);

        // When
        var replay = replay(order, 5);

        // Then
        assertThat(replay.statusCode()).isEqualTo(200);
        List<Instant> times = replay.jsonPath().getList("data.at", String.class).stream()
                .map(Instant::parse)
                .toList();
        assertThat(times).hasSize(5);
        for (int n = 1; n < times.size(); n++) {
            assertThat(Duration.between(times.get(n - 1), times.get(n))).isGreaterThan(Duration.ofMillis(190));
        }
    }

    @Test
    void a_replay_that_would_take_more_than_a_minute_is_refused_before_it_begins() {
        // Given
        String order = placed();
        received(order, 61);

        // When
        var replay = replay(order, 1);

        // Then
        assertThat(replay.statusCode()).isEqualTo(422);
        assertThat(replay.jsonPath().getString("code")).isEqualTo("replay_too_slow");
        assertThat(event("evt_0_" + order).getList("replays")).isEmpty();
    }

    /** So many events of the order are in the inbox. */
    private static void received(String order, int count) {
        for (int n = 0; n < count; n++) {
            send("evt_" + n + "_" + order, captured(order, "pay_1", 999));
        }
        await().atMost(SOON)
                .until(() -> operator()
                                .body("{\"orderId\":\"" + order + "\",\"dryRun\":true}")
                                .post("/webhook-events/replay")
                                .jsonPath()
                                .getInt("count")
                        == count);
    }

    private static io.restassured.response.Response replay(String order, int perSecond) {
        return operator()
                .body("{\"orderId\":\"" + order + "\",\"perSecond\":" + perSecond + "}")
                .post("/webhook-events/replay");
    }

    @Test
    void a_dead_letter_is_listed_and_can_be_sent_again() {
        // Given
        String run = id();
        send(run, bytes("{\"event\":"), run);
        await().atMost(SOON).until(() -> origins(run).size() == 1);

        // When
        var redriven = operator().post("/dead-letters/" + origins(run).get(0) + "/redrive");

        // Then
        assertThat(redriven.statusCode()).isEqualTo(200);
        assertThat(redriven.jsonPath().getString("redrivenBy")).isEqualTo("operator");
        await().atMost(SOON).until(() -> origins(run).size() == 2);
    }

    @Test
    void a_record_without_a_value_is_a_dead_letter_and_stays_one_when_it_is_sent_again() {
        // Given
        String order = placed();
        send("nothing-" + order, (byte[]) null, order);
        send("evt_" + order, captured(order, "pay_1", 999), order);
        awaitStatus(order, "Paid");
        assertThat(reasons(order)).containsExactly("no_value");

        // When
        operator()
                .post("/dead-letters/" + origins(order).get(0) + "/redrive")
                .then()
                .statusCode(200);

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(reasons(order)).containsExactly("no_value", "no_value"));
        assertThat(history(order)).containsExactly("Pending", "Paid");
    }

    private static List<String> reasons(String key) {
        return operator()
                .get("/dead-letters?limit=100")
                .jsonPath()
                .getList("data.findAll { it.key == '" + key + "' }.reason");
    }

    private static List<String> origins(String key) {
        return operator()
                .get("/dead-letters?limit=100")
                .jsonPath()
                .getList("data.findAll { it.key == '" + key + "' }.origin");
    }

    private static String id() {
        return "t-" + UUID.randomUUID();
    }

    private static String placed() {
        String order = id();
        place(order);
        return order;
    }

    private static void place(String order) {
        client().body("{\"orderId\":\"" + order + "\",\"customerId\":\"c-1\",\"currency\":\"USD\","
                        + "\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .post("/orders")
                .then()
                .statusCode(201);
    }

    private static io.restassured.specification.RequestSpecification client() {
        return given().header("Authorization", "Bearer " + ScriptedProvider.CLIENT)
                .header("Idempotency-Key", UUID.randomUUID().toString())
                .contentType("application/json");
    }

    private static io.restassured.specification.RequestSpecification operator() {
        return given().header("Authorization", "Bearer " + ScriptedProvider.OPERATOR)
                .contentType("application/json");
    }

    private static @Nullable String status(String order) {
        return client().get("/orders/" + order + "/status").jsonPath().getString("status");
    }

    private static void awaitStatus(String order, String status) {
        await().atMost(SOON).untilAsserted(() -> assertThat(status(order)).isEqualTo(status));
    }

    private static List<String> history(String order) {
        return client().get("/orders/" + order + "/history").jsonPath().getList("data.to");
    }

    private static List<String> causes(String order) {
        return client().get("/orders/" + order + "/history").jsonPath().getList("data.cause");
    }

    private static String captured(String order, String payment, long amount) {
        return "{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":" + amount
                + ",\"status\":\"Paid\",\"currency\":\"USD\",\"paymentId\":\"" + payment + "\"}";
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void send(String event, String body) {
        send(event, bytes(body), body.replaceFirst(".*\"orderId\":\"([^\"]*)\".*", "$1"));
    }

    private static void send(String event, String body, String key) {
        send(event, bytes(body), key);
    }

    private static void send(String event, byte @Nullable [] body, String key) {
        send(record(event, body, key));
    }

    /** It was received long before it reached us. */
    private static void sendLongAgo(String event, String body, String key) {
        ProducerRecord<String, byte[]> record = record(event, bytes(body), key);
        record.headers().add(EventHeaders.RECEIVED_AT, bytes("2026-01-01T00:00:00Z"));
        send(record);
    }

    private static ProducerRecord<String, byte[]> record(String event, byte @Nullable [] body, String key) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(Topics.PAYMENTS, key, body);
        record.headers().add(EventHeaders.CE_ID, bytes(event)).add(EventHeaders.CE_SOURCE, bytes("payments"));
        return record;
    }

    private static void send(ProducerRecord<String, byte[]> record) {
        var unused = PRODUCER.send(record);
        PRODUCER.flush();
    }

    /** Reasons by event id, of dead letters whose event id begins so. */
    private static Map<String, String> deadLetters(String prefix, int expected) {
        Map<String, String> found = new HashMap<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", SharedStack.get().bootstrapServers(), "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(Topics.PAYMENTS_DEAD_LETTERS).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            await().atMost(SOON).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    String event = header(record, EventHeaders.CE_ID);
                    if (event.startsWith(prefix)) {
                        assertThat(header(record, EventHeaders.ORIGIN)).matches("webhooks\\.payments-\\d+@\\d+");
                        found.put(event, header(record, EventHeaders.REASON));
                    }
                }
                return found.size() >= expected;
            });
        }
        return found;
    }

    private static String header(ConsumerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
