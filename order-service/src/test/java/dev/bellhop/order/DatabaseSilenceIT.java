package dev.bellhop.order;

import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.captured;
import static dev.bellhop.order.Story.client;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.placed;
import static dev.bellhop.order.Story.send;
import static dev.bellhop.order.Story.status;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.PartedPostgres;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The database, or its node, or the network before it, goes without a word. */
@QuarkusTest
@TestProfile(PartedProfile.class)
class DatabaseSilenceIT {

    /** More than the pool has connections. */
    private static final int ASKERS = 40;

    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @TestHTTPResource(value = "/health/ready", management = true)
    URI ready;

    @Inject
    Pool pool;

    @BeforeEach
    void there_is_something_to_buy() {
        Awaitility.await().atMost(Story.SOON).until(PartedPostgres::isWhole);
        Story.sellsTheArticle();
    }

    @Test
    void whoever_asks_is_told_in_time_and_all_goes_on_by_connections_that_work() {
        // Given
        String order = placed();
        // On a busy machine the first questions take longer than the database may be silent here.
        Awaitility.await().atMost(Story.SOON).until(() -> askAtOnce(order).stream()
                .allMatch(answer -> answer.statusCode() == 200));

        // When
        PartedPostgres.part();
        long begin = System.nanoTime();
        List<Response> answers = askAtOnce(order);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(answers).anyMatch(answer -> answer.statusCode() == 503).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(200, 503);
            if (answer.statusCode() == 503) {
                assertThat(answer.jsonPath().getString("code")).isEqualTo("unavailable");
                assertThat(answer.header("Retry-After")).isNotNull();
            }
        });
        assertThat(status(order)).isEqualTo("Pending");
    }

    @Test
    void events_are_applied_and_changes_published_without_a_restart() {
        // Given
        String order = placed();
        try (KafkaConsumer<String, byte[]> changes = Story.changes()) {
            // When
            PartedPostgres.part();
            send(id(), captured(order, "pay_1", 999));

            // Then
            awaitStatus(order, "Paid");
            Awaitility.await().atMost(Story.SOON).until(() -> {
                boolean paid = false;
                for (var record : changes.poll(Duration.ofMillis(200))) {
                    paid |= order.equals(record.key())
                            && new String(record.value(), StandardCharsets.UTF_8).contains("OrderPaid");
                }
                return paid;
            });
        }
    }

    @Test
    @Timeout(60)
    void the_service_is_ready_as_soon_as_it_can_answer() {
        // Given
        given().get(ready).then().statusCode(200);

        // When
        PartedPostgres.part();

        // Then
        Awaitility.await().atMost(Story.SOON).until(() -> given().get(ready).statusCode() == 200);
    }

    /** Or changes would be published once a second, when the outbox is swept. */
    @Test
    void the_relay_is_woken_by_a_connection_that_works() throws SQLException {
        // Given
        Awaitility.await().atMost(Story.SOON).until(() -> listeners().matches("\\d+"));
        String before = listeners();

        // When
        PartedPostgres.part();

        // Then
        Awaitility.await()
                .atMost(Story.SOON)
                .until(() -> listeners().matches("\\d+") && !listeners().equals(before));
    }

    /** Proxies cut silent connections: whoever watches must not notice that the database does not answer. */
    @Test
    @Timeout(60)
    void who_watches_sees_that_the_line_is_alive() throws Exception {
        // Given
        String order = placed();
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + "/orders/" + order + "/stream"))
                .header("Authorization", "Bearer " + ScriptedProvider.CLIENT)
                .build();
        try (Connection other = DriverManager.getConnection(database, "postgres", "");
                Stream<String> stream = HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofLines())
                        .body()) {
            Iterator<String> lines = stream.iterator();
            await(lines, "Pending");
            other.setAutoCommit(false);
            try (var lock = other.prepareStatement("lock table orders")) {
                lock.execute();
            }

            // When
            long begin = System.nanoTime();
            for (int beats = 0; beats < 6; beats++) {
                await(lines, "alive");
            }
            Duration took = Duration.ofNanos(System.nanoTime() - begin);

            // Then
            // One that waited for the database would have three seconds for each beat.
            assertThat(took).isLessThan(Duration.ofSeconds(11));
            other.rollback();
            send(id(), captured(order, "pay_1", 999));
            await(lines, "Paid");
        }
    }

    @Test
    void what_waits_for_a_lock_too_long_is_told_so() throws SQLException {
        // Given
        String order = placed();
        try (Connection other = DriverManager.getConnection(database, "postgres", "")) {
            other.setAutoCommit(false);
            try (var lock = other.prepareStatement("select 1 from orders where order_id = ? for update")) {
                lock.setString(1, order);
                lock.execute();
            }

            // When
            Response waits = client().post("/orders/" + order + "/cancel");

            // Then
            assertThat(waits.statusCode()).isEqualTo(503);
            assertThat(waits.jsonPath().getString("code")).isEqualTo("unavailable");
            other.rollback();
        }
        assertThat(client().post("/orders/" + order + "/cancel").statusCode()).isEqualTo(200);
    }

    /** It is asked at any time since it was asked last, and has all of its time to answer. */
    @Test
    void a_connection_that_rested_waits_for_its_answer_as_long_as_any() {
        // Given
        SqlConnection resting = pool.getConnection().await().atMost(Story.SOON);
        String takesLong = "select pg_sleep(1.7)";
        pool.query(takesLong).execute().await().atMost(Story.SOON);

        // When
        Uni<RowSet<Row>> answer = resting.query(takesLong).execute();

        // Then
        assertThat(answer.await().atMost(Story.SOON).rowCount()).isEqualTo(1);
        resting.close().await().atMost(Story.SOON);
    }

    /** Or what it locked would stay locked for hours. */
    @Test
    void the_transaction_of_a_client_that_went_ends() {
        String bound = pool.query("show idle_in_transaction_session_timeout")
                .execute()
                .await()
                .atMost(Story.SOON)
                .iterator()
                .next()
                .getString(0);

        assertThat(bound).isEqualTo("30s");
    }

    /** The processes of the server that somebody listens to. */
    private String listeners() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database, "postgres", "");
                var asked = connection.createStatement();
                var answer = asked.executeQuery("select coalesce(string_agg(pid::text, ' '), '') from pg_stat_activity"
                        + " where datname = current_database() and query = 'listen outbox'")) {
            answer.next();
            return answer.getString(1);
        }
    }

    private static void await(Iterator<String> lines, String word) {
        while (!lines.next().contains(word)) {
            // another
        }
    }

    private static List<Response> askAtOnce(String order) {
        ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
        try {
            return IntStream.range(0, ASKERS)
                    .mapToObj(n -> CompletableFuture.supplyAsync(() -> client().get("/orders/" + order), askers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            askers.shutdown();
        }
    }
}
