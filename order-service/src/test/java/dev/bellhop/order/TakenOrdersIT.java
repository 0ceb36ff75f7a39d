package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitReason;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.send;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.app.Orders;
import dev.bellhop.order.app.ParkedEvents;
import dev.bellhop.order.app.Questions;
import dev.bellhop.order.app.Questions.Question;
import dev.bellhop.order.domain.OrderId;
import io.quarkus.hibernate.reactive.panache.Panache;
import io.quarkus.scheduler.Scheduler;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.quarkus.vertx.VertxContextSupport;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Many instances share the questions: each order is in the hands of one. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class TakenOrdersIT {

    @Inject
    Questions questions;

    @Inject
    Orders orders;

    @Inject
    ParkedEvents parked;

    @Inject
    Pool pool;

    @Inject
    AheadClock clock;

    @Inject
    Scheduler scheduler;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void time_goes_on() {
        scheduler.resume();
    }

    @Test
    void of_many_instances_one_takes_an_order_that_nobody_placed() {
        // Given
        List<String> orders = Stream.generate(Story::id).limit(20).toList();
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

    /** As batches of events do. */
    @ParameterizedTest
    @CsvSource({"a, b", "b, a"})
    void events_that_wait_for_an_order_are_locked_in_the_order_of_their_ids_however_they_came(
            String first, String second) {
        // Given
        scheduler.pause();
        String order = Story.id();
        for (String name : List.of(first, second)) {
            String event = "evt_" + name + "_" + order;
            send(event, captured(order, "pay_1", 999));
            awaitReason(event, "order_unknown");
        }
        SqlConnection other = pool.getConnection().await().atMost(SOON);
        try {
            other.query("begin").execute().await().atMost(SOON);
            lock(other, "evt_a_" + order);

            // When
            CompletionStage<Void> answered = parked.answered(order, ParkedEvents.Answer.DENIED, clock.instant())
                    .subscribeAsCompletionStage();
            Awaitility.await().atMost(SOON).until(this::isSomebodyWaitingForALock);

            // Then
            lock(other, "evt_b_" + order);
            other.query("commit").execute().await().atMost(SOON);
            assertThat(answered.toCompletableFuture()).succeedsWithin(SOON);
            awaitReason("evt_a_" + order, "order_unknown_denied_by_provider");
        } finally {
            other.close().await().atMost(SOON);
        }
    }

    private static void lock(SqlConnection connection, String event) {
        connection
                .preparedQuery("select 1 from inbox where event_id = $1 for update")
                .execute(Tuple.of(event))
                .await()
                .atMost(SOON);
    }

    private boolean isSomebodyWaitingForALock() {
        return pool.query(
                                "select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%update inbox%'")
                        .execute()
                        .await()
                        .atMost(SOON)
                        .size()
                > 0;
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
        questions.inVain(question, List.of(), due.plusSeconds(100)).await().atMost(SOON);

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
    void a_cancellation_that_the_provider_did_not_hear_of_is_in_the_hands_of_one_instance_until_it_confirms() {
        // Given
        String order = placedUnasked();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        cancelUnheard(order);
        Instant due = clock.instant().plus(Questions.TAKEN);
        assertThat(taken(order, due.minusSeconds(10))).isEmpty();

        // When
        List<List<Question>> taken = Uni.join()
                .all(Stream.generate(() -> questions.take(1_000, due, due.plusSeconds(60)))
                        .limit(8)
                        .toList())
                .andFailFast()
                .await()
                .atMost(SOON);

        // Then
        List<Question> ours = taken.stream()
                .flatMap(List::stream)
                .filter(question -> question.orderId().equals(order))
                .toList();
        assertThat(ours).hasSize(1);
        Instant since = Objects.requireNonNull(ours.get(0).closingSince());
        // Who died with it in hand gives it back so.
        assertThat(taken(order, due.plusSeconds(60))).isPresent();
        questions.closed(order, since.minusSeconds(1)).await().atMost(SOON);
        assertThat(taken(order, due.plusSeconds(120))).isPresent();
        questions.closed(order, since).await().atMost(SOON);
        assertThat(taken(order, due.plusSeconds(180))).isEmpty();
    }

    @Test
    void a_cancellation_that_the_provider_heard_of_costs_no_question() {
        // Given
        String order = placedUnasked();
        client().post("/orders/" + order + "/payment").then().statusCode(201);

        // When
        client().post("/orders/" + order + "/cancel").then().statusCode(200);

        // Then
        assertThat(taken(order, clock.instant().plus(Duration.ofDays(1)))).isEmpty();
    }

    @Test
    void an_order_that_is_cancelled_while_it_is_in_hand_keeps_its_time() {
        // Given
        String order = placedUnasked();
        client().post("/orders/" + order + "/payment").then().statusCode(201);
        Question question = taken(order, clock.instant().plusSeconds(3)).orElseThrow();
        cancelUnheard(order);

        // When
        questions.postpone(List.of(question), clock.instant()).await().atMost(SOON);
        questions.inVain(question, List.of(), clock.instant()).await().atMost(SOON);

        // Then
        Instant due = clock.instant().plus(Questions.TAKEN);
        assertThat(taken(order, due.minusSeconds(10))).isEmpty();
        assertThat(taken(order, due)).isPresent();
    }

    @Test
    void an_order_that_is_cancelled_in_the_instant_in_which_it_is_taken_keeps_its_time() throws Throwable {
        // Given
        String order = placedUnasked();
        Instant now = clock.instant().plus(Duration.ofHours(7));
        Instant due = now.plus(Questions.TAKEN);
        Question question = taken(order, now, due).orElseThrow();

        // When
        VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(() -> orders.expectClosing(new OrderId(order), now)));
        questions.postpone(List.of(question), due.plusSeconds(60)).await().atMost(SOON);

        // Then
        assertThat(taken(order, due.plusSeconds(1)).map(Question::closingSince)).hasValue(now);
    }

    @Test
    void an_answer_that_was_kept_stands_no_longer_once_one_more_payment_is_to_be_closed() throws Throwable {
        // Given
        String order = placedUnasked();
        Instant due = clock.instant().plus(Duration.ofHours(9));
        Question question = taken(order, due).orElseThrow();

        // When
        questions.inVain(question, List.of("pay_1"), due).await().atMost(SOON);

        // Then
        assertThat(taken(order, due).map(Question::unclosed)).hasValue(List.of("pay_1"));

        // When
        VertxContextSupport.subscribeAndAwait(
                () -> Panache.withTransaction(() -> orders.expectClosing(new OrderId(order), due)));

        // Then
        assertThat(taken(order, due.plus(Questions.TAKEN)).map(Question::unclosed))
                .hasValue(List.of());
    }

    @Test
    void a_refund_that_is_asked_for_in_the_instant_in_which_an_order_is_given_back_keeps_its_time() {
        // Given
        String order = placedUnasked();
        send("evt_" + order, captured(order, "pay_1", 999));
        awaitStatus(order, "Paid");
        Instant due = clock.instant().plus(Duration.ofHours(8));
        Instant later = due.plusSeconds(60);
        questions.expectRefund(order, 400, due).await().atMost(SOON);
        Question question = taken(order, due, later).orElseThrow();

        // When
        questions.expectRefund(order, 300, later).await().atMost(SOON);
        questions.postpone(List.of(question), later.plusSeconds(60)).await().atMost(SOON);

        // Then
        assertThat(taken(order, later.plusSeconds(1)).map(Question::refundExpected))
                .hasValue(700L);
    }

    @Test
    void a_refund_that_is_asked_for_while_an_order_is_taken_keeps_its_time() {
        // Given
        String order = placedUnasked();
        send("evt_" + order, captured(order, "pay_1", 999));
        awaitStatus(order, "Paid");
        Instant due = clock.instant().plus(Duration.ofHours(3));
        Instant later = due.plus(Duration.ofHours(1));
        questions.expectRefund(order, 400, due).await().atMost(SOON);
        Question question = taken(order, due).orElseThrow();

        // When
        questions.expectRefund(order, 300, later).await().atMost(SOON);
        questions.inVain(question, List.of(), due.plusSeconds(1)).await().atMost(SOON);
        questions.postpone(List.of(question), due.plusSeconds(1)).await().atMost(SOON);

        // Then
        assertThat(taken(order, later.minusSeconds(1))).isEmpty();
        assertThat(taken(order, later).map(Question::refundExpected)).hasValue(700L);
    }

    @Test
    void no_more_refunds_are_expected_than_were_captured() {
        // Given
        String order = placedUnasked();
        send("evt_" + order, captured(order, "pay_1", 999));
        awaitStatus(order, "Paid");
        Instant due = clock.instant().plus(Duration.ofHours(5));

        // When
        questions.expectRefund(order, 999, due).await().atMost(SOON);
        questions.expectRefund(order, 999, due).await().atMost(SOON);

        // Then
        assertThat(taken(order, due).map(Question::refundExpected)).hasValue(999L);
    }

    @Test
    void a_doubt_that_arises_after_many_questions_is_asked_about_all_the_same() {
        // Given
        String order = placedUnasked();
        pool.preparedQuery("update orders set asks = 4 where order_id = $1")
                .execute(Tuple.of(order))
                .await()
                .atMost(SOON);
        assertThat(taken(order, clock.instant().plusSeconds(3))).isEmpty();

        // When
        send("evt_" + order, captured(order, "pay_1", 5));
        awaitStatus(order, "NeedsReview");

        // Then
        assertThat(taken(order, clock.instant()).map(Question::doubtful)).hasValue(true);
    }

    @Test
    void a_doubtful_order_is_asked_about_in_time_though_a_refund_is_due_later() {
        // Given
        String order = placedUnasked();
        send("evt_" + order, captured(order, "pay_1", 5));
        awaitStatus(order, "NeedsReview");
        Instant due = clock.instant().plus(Duration.ofHours(6));
        Instant later = due.plus(Duration.ofHours(1));
        Question question = taken(order, due).orElseThrow();

        // When
        questions.expectRefund(order, 5, later).await().atMost(SOON);
        questions.postpone(List.of(question), later.plusSeconds(1)).await().atMost(SOON);

        // Then
        assertThat(taken(order, question.takenUntil()).map(Question::refundExpected))
                .hasValue(5L);
    }

    /** Nobody asks about it until the end of the test. */
    private String placedUnasked() {
        scheduler.pause();
        return placed();
    }

    private static void cancelUnheard(String order) {
        ScriptedProvider.goesAway();
        try {
            client().post("/orders/" + order + "/cancel").then().statusCode(200);
        } finally {
            ScriptedProvider.comesBack();
        }
    }

    private Optional<Question> taken(String order, Instant now) {
        return taken(order, now, now.plusSeconds(60));
    }

    private Optional<Question> taken(String order, Instant now, Instant until) {
        return questions.take(1_000, now, until).await().atMost(SOON).stream()
                .filter(question -> question.orderId().equals(order))
                .findFirst();
    }
}
