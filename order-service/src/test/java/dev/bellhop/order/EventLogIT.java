package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.bytes;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.event;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.operator;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.record;
import static dev.bellhop.order.Story.send;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.contract.EventHeaders;
import dev.bellhop.contract.Topics;
import dev.bellhop.order.app.DeadLetterLog;
import dev.bellhop.order.app.DeadLetterLog.Letter;
import dev.bellhop.order.app.InboxLog;
import dev.bellhop.order.app.Rejections;
import dev.bellhop.order.app.Rejections.Rejection;
import dev.bellhop.order.app.ReplayEvents;
import dev.bellhop.testing.SharedStack;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Operators find events and dead letters, and send them through again. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class EventLogIT {

    @Inject
    DeadLetterLog letters;

    @Inject
    InboxLog inbox;

    @Inject
    Rejections rejections;

    @Inject
    Pool pool;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @Test
    void counting_needs_no_filter() {
        Response counted = operator().body("{\"dryRun\":true}").post("/webhook-events/replay");

        assertThat(counted.statusCode()).isEqualTo(200);
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
    void a_list_holds_no_more_of_each_event_than_its_beginning() {
        // Given
        String order = placed();
        String body = captured(order, "pay_1", 999).replace("{", "{\"note\":\"" + "x".repeat(100_000) + "\",");
        send("evt_" + order, body);
        awaitStatus(order, "Paid");

        // When
        List<InboxLog.Entry> listed =
                inbox.find(InboxLog.Filter.ofOrder(order), null, 2).await().atMost(SOON);

        // Then
        assertThat(listed).singleElement().satisfies(entry -> {
            assertThat(entry.body()).isEqualTo(Arrays.copyOf(bytes(body), 4_096));
            assertThat(entry.size()).isEqualTo(body.length());
        });
        assertThat(operator().get("/webhook-events/evt_" + order).jsonPath().getString("body"))
                .isEqualTo(body);
    }

    @Test
    void of_two_sources_that_use_the_same_id_each_event_can_be_read_and_replayed() {
        // Given
        String first = placed();
        String second = placed();
        String event = "evt_" + first;
        send(event, captured(first, "pay_1", 999));
        awaitStatus(first, "Paid");
        ProducerRecord<String, byte[]> record = record(event, bytes(captured(second, "pay_1", 999)), second);
        record.headers().remove(EventHeaders.CE_SOURCE).add(EventHeaders.CE_SOURCE, bytes("bank"));
        send(record);
        awaitStatus(second, "Paid");

        // When
        var replay = operator().post("/webhook-events/" + event + "/replay?source=bank");

        // Then
        assertThat(replay.statusCode()).isEqualTo(200);
        var bank = operator().get("/webhook-events/" + event + "?source=bank").jsonPath();
        assertThat(bank.getString("event.orderId")).isEqualTo(second);
        assertThat(bank.getList("replays")).hasSize(1);
        var payments =
                operator().get("/webhook-events/" + event + "?source=payments").jsonPath();
        assertThat(payments.getString("event.orderId")).isEqualTo(first);
        assertThat(payments.getList("replays")).isEmpty();
        assertThat(operator().get("/webhook-events/" + event + "?source=nobody").statusCode())
                .isEqualTo(404);
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

    @Test
    void an_event_is_read_when_its_turn_to_be_replayed_comes() {
        // Given
        String order = placed();
        received(order, 2);
        CompletableFuture<Response> replay = CompletableFuture.supplyAsync(() -> replay(order, 1));
        await().atMost(SOON)
                .until(() -> !event("evt_1_" + order).getList("replays").isEmpty());

        // When
        pool.preparedQuery("delete from inbox where event_id = $1")
                .execute(Tuple.of("evt_0_" + order))
                .await()
                .atMost(SOON);

        // Then
        assertThat(replay.join().jsonPath().getList("data.eventId")).containsExactly("evt_1_" + order);
    }

    @Test
    void what_is_too_much_for_one_call_is_replayed_by_the_next() {
        // Given
        String order = placed();
        received(order, 1);
        pool.preparedQuery(
                        """
                        insert into inbox (source, event_id, type, order_id, content_type, headers, body, received_at,
                            processed_at, outcome, reason, deliveries)
                        select source, event_id || n, type, order_id, content_type, headers, body,
                            received_at, processed_at, outcome, reason, 1
                        from inbox, generate_series(1, $2::int) as n where order_id = $1
                        """)
                .execute(Tuple.of(order, ReplayEvents.MOST))
                .await()
                .atMost(SOON);

        // When
        JsonPath first = operator()
                .body("{\"orderId\":\"" + order + "\"}")
                .post("/webhook-events/replay")
                .jsonPath();
        JsonPath second = operator()
                .body("{\"orderId\":\"" + order + "\",\"cursor\":\"" + first.getString("nextCursor") + "\"}")
                .post("/webhook-events/replay")
                .jsonPath();

        // Then
        assertThat(first.getList("data")).hasSize(ReplayEvents.MOST);
        assertThat(second.getList("data.eventId"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(first.getList("data.eventId"));
        assertThat(second.getString("nextCursor")).isNull();
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

    private static Response replay(String order, int perSecond) {
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

    @Test
    void a_dead_letter_that_its_topic_does_not_take_is_in_the_log_and_delays_nobody() throws Exception {
        // Given
        String order = placed();
        limitDeadLetters(100_000);
        try {
            // When
            send("large-" + order, new byte[200_000], order);
            send("evt_" + order, captured(order, "pay_1", 999), order);

            // Then
            awaitStatus(order, "Paid");
            assertThat(reasons(order)).containsExactly("malformed_json");
        } finally {
            limitDeadLetters(Integer.MAX_VALUE);
        }
    }

    @Test
    void records_at_one_place_of_a_topic_that_was_made_anew_are_letters_of_their_own() {
        // Given
        String run = id();
        Letter old = letter(run, "{}", "old");
        Letter next = letter(run, "{}", "new");

        // When
        letters.add(List.of(old)).await().atMost(SOON);
        letters.add(List.of(next, next)).await().atMost(SOON);
        letters.add(List.of(next, old)).await().atMost(SOON);

        // Then
        assertThat(origins(run)).hasSize(2).doesNotHaveDuplicates().contains(run + "-0@7");
        assertThat(bodies(run)).containsExactlyInAnyOrder("old", "new");
        assertThat(origins(run)).allSatisfy(origin -> assertThat(
                        operator().post("/dead-letters/" + origin + "/redrive").statusCode())
                .isEqualTo(200));
    }

    private static Letter letter(String run, String headers, String body) {
        return letter(run + "-0@7", run, headers, bytes(body), Instant.now());
    }

    private static Letter letter(String origin, String run, String headers, byte[] body, Instant at) {
        return new Letter(origin, "malformed_json", run, headers, body, body.length, at, null, null, null);
    }

    @Test
    void a_page_of_large_dead_letters_is_no_more_than_fits_into_memory() {
        // Given
        String run = id();
        byte[] large = "x".repeat(3 << 20).getBytes(StandardCharsets.UTF_8);
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        List<Letter> three = IntStream.range(0, 3)
                .mapToObj(n -> letter(run + "-0@" + n, run, "{}", large, at))
                .toList();
        letters.add(three).await().atMost(SOON);
        DeadLetterLog.Place before = new DeadLetterLog.Place(at, run + "-0@3");

        // When
        DeadLetterLog.Found first = letters.find(before, 3).await().atMost(SOON);
        DeadLetterLog.Found second = letters.find(
                        new DeadLetterLog.Place(at, first.letters().get(1).origin()), 1)
                .await()
                .atMost(SOON);
        List<Letter> open = letters.open(100_000).await().atMost(SOON);

        // Then
        assertThat(first.letters()).extracting(Letter::origin).containsExactly(run + "-0@2", run + "-0@1");
        assertThat(first.letters())
                .allSatisfy(letter -> assertThat(letter.body()).isEqualTo(large));
        assertThat(first.more()).isTrue();
        assertThat(second.letters()).extracting(Letter::origin).containsExactly(run + "-0@0");
        assertThat(open)
                .filteredOn(letter -> run.equals(letter.key()))
                .hasSize(3)
                .allSatisfy(letter -> {
                    assertThat(letter.body()).hasSize(InboxLog.BEGINNING);
                    assertThat(letter.size()).isEqualTo(large.length);
                });
    }

    @Test
    void rejections_at_one_place_of_a_topic_that_was_made_anew_are_both_kept() {
        // Given
        String run = id();
        Instant at = Instant.parse("2026-01-01T00:00:00Z");
        Rejection old = rejection(run, at);
        Rejection next = rejection(run, at.plusSeconds(1));

        // When
        rejections.keep(List.of(old)).await().atMost(SOON);
        rejections.keep(List.of(next, old)).await().atMost(SOON);

        // Then
        assertThat(rejections.find(run, null, null, 10).await().atMost(SOON))
                .extracting(Rejection::receivedAt)
                .containsExactly(next.receivedAt(), old.receivedAt());
    }

    private static Rejection rejection(String run, Instant at) {
        return new Rejection(77, 7, at, run, "signature_wrong", "github", 2, "{}", bytes("{}"));
    }

    private static void limitDeadLetters(int bytes) throws Exception {
        ConfigResource topic = new ConfigResource(ConfigResource.Type.TOPIC, Topics.PAYMENTS_DEAD_LETTERS);
        ConfigEntry limit = new ConfigEntry("max.message.bytes", String.valueOf(bytes));
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", SharedStack.get().bootstrapServers()))) {
            AlterConfigOp set = new AlterConfigOp(limit, AlterConfigOp.OpType.SET);
            admin.incrementalAlterConfigs(Map.of(topic, List.of(set))).all().get();
            // The broker acknowledges a change before it goes by it.
            await().atMost(SOON).until(() -> limit.value()
                    .equals(admin.describeConfigs(List.of(topic))
                            .all()
                            .get()
                            .get(topic)
                            .get(limit.name())
                            .value()));
        }
    }

    private static List<String> bodies(String key) {
        return operator()
                .get("/dead-letters?limit=100")
                .jsonPath()
                .getList("data.findAll { it.key == '" + key + "' }.body");
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
}
