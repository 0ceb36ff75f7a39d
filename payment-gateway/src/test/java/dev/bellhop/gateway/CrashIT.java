package dev.bellhop.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.RealPostgres;
import dev.bellhop.testing.Wire;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Processes of their own: one that is killed in the middle of its work, two that share it, one whose receiver hangs. */
class CrashIT {

    private static final int PAYMENTS = 10_000;

    private final Map<String, String> database = new RealPostgres().start();
    private final Map<String, String> keys = new TestKeys().start();

    @Test
    void nothing_is_lost_when_the_process_is_killed_while_ten_thousand_deliveries_are_due() throws Exception {
        try (RecordingReceiver receiver = new RecordingReceiver()) {
            // Given
            try (PackagedGateway first = PackagedGateway.start(database, keys)) {
                first.sendsTo(receiver);
                first.load(PAYMENTS, "crash-");
                await().atMost(Duration.ofMinutes(1))
                        .until(() -> first.summary("crash-").getInt("payments") == PAYMENTS
                                && !receiver.received().isEmpty());
                assertThat(first.summary("crash-").getInt("pending")).isGreaterThan(1_000);

                // When
                first.kill();
            }
            try (PackagedGateway second = PackagedGateway.start(database, keys)) {
                // Then
                await().atMost(Duration.ofMinutes(2))
                        .untilAsserted(() -> assertThat(second.summary("crash-").getInt("delivered"))
                                .isEqualTo(PAYMENTS));
                int sent = receiver.received().size();
                int recorded = second.summary("crash-").getInt("attempts");
                assertThat(ids(receiver)).hasSize(PAYMENTS);
                assertThat(second.summary("crash-").getInt("acknowledged")).isEqualTo(recorded);
                // What was under way at the moment of the kill was sent without being recorded: at most every place.
                assertThat(sent - recorded).isBetween(0, 64);
            }
        }
    }

    @Test
    void two_instances_share_the_work_and_send_nothing_twice() throws Exception {
        try (RecordingReceiver receiver = new RecordingReceiver();
                PackagedGateway one = PackagedGateway.start(database, keys);
                PackagedGateway other = PackagedGateway.start(database, keys)) {
            // Given
            one.sendsTo(receiver);

            // When
            one.load(3_000, "shared-");

            // Then
            await().atMost(Duration.ofMinutes(1))
                    .untilAsserted(() -> assertThat(other.summary("shared-").getInt("delivered"))
                            .isEqualTo(3_000));
            assertThat(receiver.received()).hasSize(3_000);
            assertThat(ids(receiver)).hasSize(3_000);
            assertThat(delivered(one)).isPositive();
            assertThat(delivered(other)).isPositive();
            assertThat(delivered(one) + delivered(other)).isEqualTo(3_000);
        }
    }

    @Test
    void a_receiver_that_says_nothing_is_given_up_and_tried_again() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        AtomicInteger calls = new AtomicInteger();
        Map<String, String> impatient =
                Map.of("gateway.delivery.timeout", "PT0.5S", "gateway.delivery.schedule", "PT0S,PT0.2S,PT1H");
        try (RecordingReceiver receiver = new RecordingReceiver();
                PackagedGateway gateway = PackagedGateway.start(database, keys, impatient)) {
            // Given
            receiver.answering(webhook -> {
                if (calls.getAndIncrement() == 0) {
                    hang(never);
                }
                return RecordingReceiver.Reply.of(202);
            });
            gateway.sendsTo(receiver);

            // When
            gateway.load(1, "hung-");

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(gateway.summary("hung-").getInt("delivered"))
                            .isEqualTo(1));
            assertThat(receiver.received()).hasSize(2);
            assertThat(ids(receiver)).hasSize(1);
            never.countDown();
        }
    }

    /** Each endpoint has places of its own; connections are shared by those of one host. */
    @Test
    void what_found_no_connection_in_time_is_not_sent_afterwards() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        Map<String, String> narrow = Map.of(
                "gateway.delivery.timeout", "PT0.5S",
                "gateway.delivery.in-flight-per-endpoint", "1",
                "gateway.delivery.schedule", "PT0S,PT1H");
        try (RecordingReceiver receiver = new RecordingReceiver();
                PackagedGateway gateway = PackagedGateway.start(database, keys, narrow)) {
            // Given
            receiver.answering(webhook -> {
                hang(never);
                return RecordingReceiver.Reply.of(202);
            });
            for (int endpoint = 0; endpoint < 10; endpoint++) {
                gateway.sendsTo(receiver);
            }

            // When
            gateway.load(1, "queued-");

            // Then
            await().atMost(Duration.ofSeconds(20))
                    .untilAsserted(() -> assertThat(gateway.summary("queued-").getInt("attempts"))
                            .isEqualTo(10));
            int sent = receiver.received().size();
            await().during(Duration.ofSeconds(2))
                    .untilAsserted(() -> assertThat(receiver.received()).hasSizeLessThanOrEqualTo(sent + 2));
            never.countDown();
        }
    }

    @Test
    void a_lease_that_would_end_before_its_attempt_stops_the_boot() throws Exception {
        String refusal = PackagedGateway.refusal(database, keys, Map.of("gateway.delivery.lease", "PT15S"));

        assertThat(refusal)
                .startsWith("exit 1")
                .contains("gateway.delivery.lease (PT15S) must be longer than gateway.delivery.timeout (PT15S)");
    }

    @Test
    void a_plan_of_a_later_version_does_not_stop_the_boot() throws Exception {
        // Given
        try (PackagedGateway later = PackagedGateway.start(database, keys);
                Connection direct =
                        DriverManager.getConnection(database.get("quarkus.datasource.jdbc.url"), "postgres", "");
                Statement statement = direct.createStatement()) {
            later.kill();
            statement.execute(
                    """
                    update simulator set frozen_at = '2020-02-02T00:00:00Z', planned_at = '2020-02-01T00:00:00Z',
                                         plan = '{"seed":42,"plan":"of a later version"}'
                    """);
        }

        // When
        try (PackagedGateway earlier = PackagedGateway.start(database, keys)) {
            // Then
            String created = earlier.operator("{\"orderId\":\"1\",\"amount\":999,\"currency\":\"USD\"}")
                    .post("/payments")
                    .then()
                    .statusCode(201)
                    .extract()
                    .path("createdAt");
            assertThat(created).isEqualTo("2020-02-02T00:00:00Z");
        }
    }

    @Test
    void a_gateway_whose_port_the_system_chose_starts_and_stops() throws Exception {
        try (PackagedGateway gateway = PackagedGateway.start(database, keys, Map.of("quarkus.http.port", "0"))) {
            assertThat(gateway.stops()).isTrue();
        }
    }

    /** An idle timeout alone would let it hold its connection for ever. */
    @Test
    void a_client_that_does_not_finish_its_headers_is_cut_off() throws Exception {
        try (PackagedGateway gateway =
                        PackagedGateway.start(database, keys, Map.of("quarkus.http.idle-timeout", "2S"));
                Wire wire = gateway.wire()) {
            wire.write("GET /payments HTTP/1.1\r\nHost: x\r\nX-Slow: ");

            await().pollInterval(Duration.ofMillis(100)).until(() -> isCutOffAfter(wire, "x"));
        }
    }

    private static boolean isCutOffAfter(Wire wire, String more) {
        try {
            wire.write(more);
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static void hang(CountDownLatch never) {
        try {
            never.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Set<String> ids(RecordingReceiver receiver) {
        return receiver.received().stream()
                .map(webhook -> webhook.header("webhook-id"))
                .collect(Collectors.toSet());
    }

    private static double delivered(PackagedGateway gateway) {
        return gateway.metric("webhook_delivery_attempts_total{outcome=\"delivered\"}");
    }
}
