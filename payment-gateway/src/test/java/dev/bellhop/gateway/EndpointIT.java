package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.pay;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.bellhop.gateway.RecordingReceiver.Reply;
import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What happens to an endpoint while something else happens to it. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class EndpointIT {

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
    void one_that_is_disabled_while_its_rate_is_changed_stays_disabled() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // Given
            connection.setAutoCommit(false);
            statement.execute("update webhook_endpoints set disabled_reason = 'gone' where id = '" + endpointId + "'");

            // When
            CompletableFuture<Response> patched = CompletableFuture.supplyAsync(() -> patch("{\"ratePerSecond\":7}"));
            await().until(() -> isWaitedFor(statement));
            connection.commit();
            connection.setAutoCommit(true);

            // Then
            patched.join()
                    .then()
                    .statusCode(200)
                    .body("ratePerSecond", equalTo(7))
                    .body("status", equalTo("disabled"))
                    .body("disabledReason", equalTo("gone"));
        }
    }

    @Test
    void two_changes_at_the_same_time_are_both_made() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // Given
            connection.setAutoCommit(false);
            statement.execute(
                    "update webhook_endpoints set url = 'http://127.0.0.1:1/new' where id = '" + endpointId + "'");

            // When
            CompletableFuture<Response> patched =
                    CompletableFuture.supplyAsync(() -> patch("{\"events\":[\"refund_success\"]}"));
            await().until(() -> isWaitedFor(statement));
            connection.commit();
            connection.setAutoCommit(true);

            // Then
            patched.join()
                    .then()
                    .statusCode(200)
                    .body("events[0]", equalTo("refund_success"))
                    .body("url", equalTo("http://127.0.0.1:1/new"));
        }
    }

    /** An instance that went without a word in the middle of a transaction has such a lock for half a minute. */
    @Test
    void attempts_are_recorded_while_a_webhook_to_the_same_endpoint_is_not_committed() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            // Given
            connection.setAutoCommit(false);
            statement.execute("select from webhook_endpoints where id = '" + endpointId + "' for key share");

            // When
            pay(newPayment("recorded meanwhile", 5));

            // Then
            await().atMost(Duration.ofSeconds(5)).untilAsserted(() -> as(TestKeys.OPERATOR)
                    .get("/simulator/truth?orderId=recorded meanwhile")
                    .then()
                    .body("data[0].events[0].acknowledged", equalTo(1)));
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }

    @Test
    void one_that_has_moved_is_not_disabled_because_its_old_place_is_gone() throws Exception {
        // Given
        CountDownLatch moved = new CountDownLatch(1);
        receiver.answering(webhook -> {
            await().until(() -> moved.getCount() == 0);
            return Reply.of(410);
        });
        pay(newPayment("forwarded", 5));
        await().untilAsserted(() -> assertThat(receiver.about("forwarded")).hasSize(1));

        try (RecordingReceiver next = new RecordingReceiver()) {
            // When
            patch("{\"url\":\"" + next.url() + "\"}").then().statusCode(200);
            moved.countDown();

            // Then
            await().untilAsserted(() -> assertThat(next.about("forwarded")).hasSize(1));
            as(TestKeys.OPERATOR).get("/webhook-endpoints/" + endpointId).then().body("status", equalTo("enabled"));
        }
    }

    @Test
    void a_rate_is_taken_back() {
        // Given
        patch("{\"ratePerSecond\":7}").then().statusCode(200).body("ratePerSecond", equalTo(7));
        patch("{\"events\":[]}").then().statusCode(200).body("ratePerSecond", equalTo(7));

        // When
        Response patched = patch("{\"ratePerSecond\":null}");

        // Then
        patched.then().statusCode(200).body("$", not(hasKey("ratePerSecond")));
        patch("{\"ratePerSecond\":0}").then().statusCode(400);
        patch("{\"ratePerSecond\":1.5}").then().statusCode(400);
        patch("{\"ratePerSecond\":\"7\"}").then().statusCode(400);
    }

    @Test
    void null_takes_away_nothing_that_an_endpoint_must_have() {
        for (String setting : List.of("url", "events", "status")) {
            // When
            Response patched = patch("{\"" + setting + "\":null}");

            // Then
            patched.then().statusCode(400).body("code", equalTo("invalid_field"));
        }
    }

    /** A statement has 15 seconds, and an endpoint may have millions of deliveries. */
    @Test
    void one_of_many_deliveries_is_deleted_by_many_statements() throws Exception {
        // Given
        String doomed = Client.endpoint("{\"url\":\"" + receiver.url() + "\"}").getString("endpointId");
        pay(newPayment("told very often", 5));
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into deliveries (event_id, endpoint_id, payment_id, due_at, created_at)
                    select id, '%s', payment_id, now(), now() from events, generate_series(1, 2500)
                     where order_id = 'told very often'
                    """
                            .formatted(doomed));
            statement.execute(
                    """
                    create function too_slow() returns trigger language plpgsql as $$
                    begin
                        if (select count(*) from deleted) > 1000
                            or exists (select from webhook_endpoints where id = '%s' and disabled_reason is null) then
                            raise exception 'too slow' using errcode = '57014';
                        end if;
                        return null;
                    end $$;
                    create trigger too_slow after delete on deliveries referencing old table as deleted
                        for each statement execute function too_slow();
                    """
                            .formatted(doomed));
            try {
                // When
                Response deleted = as(TestKeys.OPERATOR).delete("/webhook-endpoints/" + doomed);

                // Then
                deleted.then().statusCode(204);
                as(TestKeys.OPERATOR).get("/webhook-endpoints/" + doomed).then().statusCode(404);
            } finally {
                statement.execute("drop function too_slow cascade");
            }
        }
    }

    private Response patch(String body) {
        return json(TestKeys.OPERATOR, body).patch("/webhook-endpoints/" + endpointId);
    }

    private static boolean isWaitedFor(Statement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery("select from pg_locks where not granted")) {
            return rows.next();
        }
    }
}
