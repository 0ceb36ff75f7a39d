package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.gateway.app.Deliveries;
import dev.bellhop.gateway.domain.Attempt;
import dev.bellhop.gateway.domain.Attempt.Outcome;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import jakarta.inject.Inject;
import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What comes of attempts whose end is recorded when their delivery is no longer theirs. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class LateAttemptIT {

    private static final int ANOTHER_INSTANCE = 42;
    private static final String STATE =
            "select concat_ws(' ', status, ended_at, due_at, leased_by, lease_until) from deliveries where id = ";

    @Inject
    Deliveries deliveries;

    @Inject
    DataSource database;

    private RecordingReceiver receiver;
    private String endpointId = "";

    @BeforeEach
    void listen() {
        receiver = new RecordingReceiver();
        endpointId = Client.endpoint("{\"url\":\"" + receiver.url() + "\"}").getString("endpointId");
    }

    @AfterEach
    void stopListening() {
        Client.delete(endpointId);
        receiver.close();
    }

    @Test
    void what_was_delivered_stays_as_it_was_delivered() throws SQLException {
        // Given
        pay(newPayment("late failure", 5));
        await().untilAsserted(() ->
                assertThat(delivery("late failure").getString("data[0].status")).isEqualTo("delivered"));
        long id = delivery("late failure").getLong("data[0].deliveryId");
        String delivered = text(STATE + id);

        // When
        deliveries.record(failed(id)).await().atMost(Duration.ofSeconds(10));

        // Then
        assertThat(text(STATE + id)).isEqualTo(delivered);
        assertThat(delivery("late failure").getList("data[0].log")).hasSize(2);
    }

    @Test
    void what_another_instance_has_in_hand_stays_in_its_hand() throws SQLException {
        // Given
        receiver.answering(webhook -> RecordingReceiver.Reply.of(503).with("Retry-After", "3600"));
        pay(newPayment("taken over", 5));
        await().untilAsserted(() ->
                assertThat(delivery("taken over").getList("data[0].log")).hasSize(1));
        long id = delivery("taken over").getLong("data[0].deliveryId");
        try (Connection living = database.getConnection();
                Statement statement = living.createStatement()) {
            statement.execute("select pg_advisory_lock_shared(" + 0x62656c6c + ", " + ANOTHER_INSTANCE + ")");
            statement.execute("update deliveries set leased_by = " + ANOTHER_INSTANCE
                    + ", lease_until = clock_timestamp() + interval '1 hour' where id = " + id);

            // When
            deliveries.record(failed(id)).await().atMost(Duration.ofSeconds(10));

            // Then
            assertThat(text("select leased_by || ' ' || (lease_until > clock_timestamp()) from deliveries where id = "
                            + id))
                    .isEqualTo("42 true");
        }
    }

    @Test
    void an_endpoint_is_not_paused_by_a_clock_that_was_set_back() {
        // Given
        pay(newPayment("begun in three days", 5));
        await().untilAsserted(() -> assertThat(delivery("begun in three days").getString("data[0].status"))
                .isEqualTo("delivered"));
        long id = delivery("begun in three days").getLong("data[0].deliveryId");
        Instant inThreeDays = Client.now().plus(Duration.ofDays(3));

        // When
        for (int number = 0; number < 20; number++) {
            deliveries.record(failed(id, inThreeDays)).await().atMost(Duration.ofSeconds(10));
        }

        // Then
        String pausedUntil =
                as(TestKeys.OPERATOR).get("/webhook-endpoints/" + endpointId).path("pausedUntil");
        assertThat(Instant.parse(pausedUntil)).isBefore(Client.now().plus(Duration.ofMinutes(1)));
    }

    @Test
    void an_endpoint_that_was_disabled_stays_so_when_an_attempt_ends_that_was_under_way() {
        // Given
        pay(newPayment("under way", 5));
        await().untilAsserted(() ->
                assertThat(delivery("under way").getString("data[0].status")).isEqualTo("delivered"));
        long id = delivery("under way").getLong("data[0].deliveryId");
        json(TestKeys.OPERATOR, "{\"status\":\"disabled\"}")
                .patch("/webhook-endpoints/" + endpointId)
                .then()
                .statusCode(200);

        // When
        deliveries.record(failed(id)).await().atMost(Duration.ofSeconds(10));

        // Then
        as(TestKeys.OPERATOR)
                .get("/webhook-endpoints/" + endpointId)
                .then()
                .body("status", equalTo("disabled"))
                .body("disabledReason", equalTo("by request"));
    }

    private Attempt failed(long deliveryId) {
        return failed(deliveryId, Client.now());
    }

    private Attempt failed(long deliveryId, Instant now) {
        return new Attempt(
                deliveryId,
                endpointId,
                URI.create(receiver.url()),
                1,
                now,
                Duration.ofSeconds(1),
                503,
                null,
                null,
                Outcome.RETRY,
                now.plus(Duration.ofDays(1)),
                List.of());
    }

    private static JsonPath delivery(String orderId) {
        String event = as(TestKeys.OPERATOR)
                .queryParam("orderId", orderId)
                .get("/events")
                .path("data[0].eventId");
        return as(TestKeys.OPERATOR).get("/events/" + event + "/deliveries").jsonPath();
    }

    private String text(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getString(1);
        }
    }
}
