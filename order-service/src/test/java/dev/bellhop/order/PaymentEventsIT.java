package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.bytes;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.deadLetters;
import static dev.bellhop.order.Story.history;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.place;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.resolve;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.SharedStack;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(EventsProfile.class)
class PaymentEventsIT {

    private static final String URL = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);

    @Inject
    AheadClock clock;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
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
    void poison_of_any_size_delays_nobody() {
        // Given
        String order = placed();
        String run = UUID.randomUUID().toString();
        byte[] body = new byte[3_000_000];

        // When
        send(run, body, order);
        send("evt_" + order, captured(order, "pay_1", 999), order);

        // Then
        awaitStatus(order, "Paid");
        assertThat(deadLetters(run, 1)).containsEntry(run, "malformed_json");
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
        send("evt_" + orders.get(0) + "_poison", "{", orders.get(0));
        assertThat(deadLetters("evt_" + orders.get(0), 1)).containsOnlyKeys("evt_" + orders.get(0) + "_poison");
        orders.forEach(order -> assertThat(history(order)).containsExactly("Pending", "Paid"));
    }

    @Test
    void what_waited_for_its_order_is_dated_when_it_happened() throws SQLException {
        // Given
        String order = placed();
        Instant held;
        try (Connection holder = DriverManager.getConnection(URL, "postgres", "");
                Statement hold = holder.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("select from orders where order_id = '" + order + "' for update");

            // When
            send("evt_" + order, captured(order, "pay_1", 999));
            await().atMost(SOON).until(() -> isAwaited(hold));
            held = clock.instant();
            holder.rollback();
        }

        // Then
        awaitStatus(order, "Paid");
        assertThat(Instant.parse(
                        client().get("/orders/" + order + "/history").jsonPath().getString("data[1].at")))
                .isAfterOrEqualTo(held);
    }

    /** Whether somebody waits for what this session holds. */
    private static boolean isAwaited(Statement session) throws SQLException {
        try (ResultSet found = session.executeQuery(
                "select from pg_stat_activity where pg_backend_pid() = any(pg_blocking_pids(pid))")) {
            return found.next();
        }
    }

    @Test
    void a_refund_is_asked_for_where_there_is_money_left() {
        // Given
        String order = placed();
        String first = "pay_a_" + order;
        String second = "pay_b_" + order;
        List.of(first, second).forEach(payment -> ScriptedProvider.knows(order, payment, "Paid", 999));
        send("evt_a_" + order, captured(order, first, 999));
        send("evt_b_" + order, captured(order, second, 999));
        send("evt_r_" + order, captured(order, first, 999).replace("payment_success", "refund_success"));
        await().atMost(SOON).until(() -> history(order).equals(List.of("Pending", "Paid", "NeedsReview", "Paid")));

        // When
        client().post("/orders/" + order + "/refund").then().statusCode(202);

        // Then
        assertThat(ScriptedProvider.refundsAsked(first)).isZero();
        assertThat(ScriptedProvider.refundsAsked(second)).isEqualTo(1);
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
}
