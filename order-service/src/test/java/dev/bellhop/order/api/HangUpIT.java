package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.placed;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** Clients that do not wait for their answer. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class HangUpIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String URL = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);

    @Test
    void what_clients_began_is_finished_though_they_hang_up() throws IOException, SQLException {
        // Given
        String order = placed();
        try (Connection holder = DriverManager.getConnection(URL, "postgres", "");
                Statement hold = holder.createStatement();
                Connection other = DriverManager.getConnection(URL, "postgres", "");
                Statement look = other.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("select from orders where order_id = '" + order + "' for update");

            // When
            List<Socket> clients = new ArrayList<>();
            for (int n = 0; n < 40; n++) {
                clients.add(cancelling(order));
            }
            Awaitility.await().atMost(SOON).until(() -> waiting(look) > 15);
            for (Socket client : clients) {
                client.close();
            }
            holder.rollback();

            // Then
            Awaitility.await().atMost(SOON).until(() -> waiting(look) == 0);
        }
        assertThat(as(TestKeys.ALICE).get("/orders/" + order).<String>path("status"))
                .isEqualTo("Cancelled");
    }

    @Test
    void who_hangs_up_before_a_stream_begins_takes_no_place() throws IOException, SQLException {
        // Given
        String order = placed();
        try (Connection holder = DriverManager.getConnection(URL, "postgres", "");
                Statement hold = holder.createStatement();
                Connection other = DriverManager.getConnection(URL, "postgres", "");
                Statement look = other.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("lock table orders in access exclusive mode");

            // When
            List<Socket> clients = new ArrayList<>();
            for (int n = 0; n < 2 * ApiProfile.STREAMS_PER_KEY; n++) {
                clients.add(calling("GET /orders/" + order + "/stream"));
            }
            Awaitility.await().atMost(SOON).until(() -> waiting(look) > 15);
            for (Socket client : clients) {
                // Without a goodbye, so that the first write fails.
                client.setSoLinger(true, 0);
                client.close();
            }
            holder.rollback();

            // Then
            Awaitility.await().atMost(SOON).until(() -> waiting(look) == 0);
        }
        Awaitility.await().atMost(SOON).until(() -> {
            try (Socket client = calling("GET /orders/" + order + "/stream")) {
                return new String(client.getInputStream().readNBytes(12), US_ASCII).equals("HTTP/1.1 200");
            }
        });
    }

    private static Socket cancelling(String order) throws IOException {
        return calling("POST /orders/" + order + "/cancel");
    }

    private static Socket calling(String what) throws IOException {
        Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port);
        client.getOutputStream()
                .write((what + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer " + TestKeys.ALICE
                                + "\r\nContent-Length: 0\r\n\r\n")
                        .getBytes(US_ASCII));
        return client;
    }

    private static long waiting(Statement look) throws SQLException {
        try (ResultSet found =
                look.executeQuery("select count(*) from pg_stat_activity where wait_event_type = 'Lock'")) {
            found.next();
            return found.getLong(1);
        }
    }
}
