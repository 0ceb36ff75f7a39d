package dev.bellhop.gateway;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
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
import java.time.Instant;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that do not wait for their answer. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class HangUpIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String URL = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);

    @AfterEach
    void real_time() {
        Client.realTime();
    }

    /** This instance would go by another time than the others, which follow what was stored. */
    @Test
    void a_clock_that_a_client_set_is_set_though_it_hangs_up() throws IOException, SQLException {
        // Given
        Instant later = Instant.now().plus(Duration.ofDays(2));
        String body = "{\"now\":\"" + later + "\"}";
        try (Connection holder = DriverManager.getConnection(URL, "postgres", "");
                Statement hold = holder.createStatement();
                Connection other = DriverManager.getConnection(URL, "postgres", "");
                Statement look = other.createStatement()) {
            holder.setAutoCommit(false);
            hold.execute("select from simulator for update");

            // When
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), RestAssured.port)) {
                client.getOutputStream()
                        .write(("PUT /simulator/clock HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                                        + TestKeys.OPERATOR + "\r\nContent-Type: application/json\r\nContent-Length: "
                                        + body.length() + "\r\n\r\n" + body)
                                .getBytes(US_ASCII));
                await().atMost(SOON).until(() -> waiting(look) == 1);
            }
            assertThat(Client.now()).isBefore(later);
            holder.rollback();
        }

        // Then
        await().atMost(SOON).untilAsserted(() -> assertThat(Client.now()).isAfter(later));
    }

    private static long waiting(Statement look) throws SQLException {
        try (ResultSet found = look.executeQuery("select count(*) from pg_stat_activity"
                + " where datname = current_database() and wait_event_type = 'Lock'")) {
            found.next();
            return found.getLong(1);
        }
    }
}
