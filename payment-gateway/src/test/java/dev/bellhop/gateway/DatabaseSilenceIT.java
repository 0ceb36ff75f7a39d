package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.as;
import static dev.bellhop.gateway.Client.confirm;
import static dev.bellhop.gateway.Client.json;
import static dev.bellhop.gateway.Client.newPayment;
import static dev.bellhop.gateway.Client.order;
import static dev.bellhop.gateway.Client.pay;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.gateway.RecordingReceiver.Reply;
import dev.bellhop.testing.PartedPostgres;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database, or its node, or the network before it, goes: without a word, with one, or in the middle of one. */
@QuarkusTest
@TestProfile(PartedProfile.class)
class DatabaseSilenceIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    /** More than the pool has connections. */
    private static final int ASKERS = 40;

    private static final String HOLDERS =
            """
            select pid from pg_locks
             where locktype = 'advisory' and classid = 1650814060 and granted
               and database = (select oid from pg_database where datname = current_database())
            """;

    private static final String WAITING =
            """
            select pid from pg_stat_activity
             where datname = current_database() and wait_event_type = 'Lock' and query like '%for update%'
            """;

    private static final String LEASED =
            "select id from deliveries where status = 'pending' and lease_until > clock_timestamp() and leased_by ";

    @Inject
    @ConfigProperty(name = "quarkus.datasource.jdbc.url")
    String database;

    @Inject
    Pool pool;

    private RecordingReceiver receiver;
    private JsonPath endpoint;

    @BeforeEach
    void listen() {
        await().atMost(SOON).until(PartedPostgres::isWhole);
        receiver = new RecordingReceiver();
        endpoint = Client.endpoint("{\"url\":\"" + receiver.url() + "\"}");
    }

    @AfterEach
    void stopListening() {
        await().atMost(SOON).untilAsserted(Client::realTime);
        Client.delete(endpoint.getString("endpointId"));
        receiver.close();
    }

    @Test
    void whoever_asks_is_told_in_time_and_all_goes_on_by_connections_that_work() {
        // Given
        assertThat(askAtOnce()).allMatch(answer -> answer.statusCode() == 201);

        // When
        PartedPostgres.part();
        long begin = System.nanoTime();
        List<Response> answers = askAtOnce();
        Duration took = Duration.ofNanos(System.nanoTime() - begin);

        // Then
        assertThat(took).isLessThan(Duration.ofSeconds(10));
        assertThat(answers).anyMatch(answer -> answer.statusCode() == 503).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(201, 503);
            if (answer.statusCode() == 503) {
                assertUnavailable(answer);
            }
        });
        assertThat(askAtOnce()).allMatch(answer -> answer.statusCode() == 201);
    }

    @Test
    void who_pays_meanwhile_gets_a_page_that_leads_back_to_the_payment() {
        // Given
        String page = "/checkout/" + newPayment("at the checkout", 999);

        // When
        PartedPostgres.part();
        List<Response> answers =
                atOnce(() -> given().header("Accept", "text/html,*/*;q=0.8").get(page));

        // Then
        assertThat(answers).anyMatch(answer -> answer.statusCode() == 503).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isIn(200, 503);
            assertThat(answer.contentType()).startsWith("text/html");
            if (answer.statusCode() == 503) {
                assertThat(answer.asString()).contains("<h1>Not available now</h1>", "href=\"" + page + "\"");
                assertThat(answer.header("Retry-After")).isNotNull();
            }
        });
    }

    @Test
    void deliveries_and_timers_go_on_without_a_restart() throws SQLException {
        // Given
        String slow = newPayment("slow bank", 999);
        confirm(slow, "4000000000003220").statusCode(200);

        // When
        PartedPostgres.part();
        anotherInstanceMovesTheClock(Duration.ofMinutes(10));

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(receiver.about("slow bank")).isNotEmpty());
        pay(newPayment("afterwards", 999));
        await().untilAsserted(() -> assertThat(receiver.about("afterwards")).hasSize(1));
    }

    @Test
    void what_was_sent_and_could_not_be_recorded_is_sent_again() {
        // Given
        AtomicBoolean parted = new AtomicBoolean();
        receiver.answering(webhook -> {
            if (parted.compareAndSet(false, true)) {
                PartedPostgres.part();
            }
            return Reply.of(202);
        });

        // When
        pay(newPayment("in hand", 999));

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(delivered("in hand")).isEqualTo(1));
        assertThat(receiver.about("in hand")).hasSizeBetween(1, 2);
    }

    /** Who does not hold the lock is taken for dead by the others; who cannot be reached holds it no longer. */
    @Test
    void this_instance_is_soon_heard_of_again_by_a_lock_that_ends_with_it() throws SQLException {
        // Given
        await().untilAsserted(() -> assertThat(numbers(HOLDERS)).hasSize(1));
        Set<Integer> before = numbers(HOLDERS);

        // When
        PartedPostgres.part();

        // Then
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(numbers(HOLDERS)).hasSize(1).doesNotContainAnyElementsOf(before));
        Set<Integer> after = numbers(HOLDERS);
        await().during(Duration.ofSeconds(5)).atMost(SOON).untilAsserted(() -> assertThat(numbers(HOLDERS))
                .isEqualTo(after));
        anotherInstanceMovesTheClock(Duration.ofMinutes(10));
        await().untilAsserted(
                        () -> assertThat(Client.now()).isAfter(Instant.now().plus(Duration.ofMinutes(9))));
    }

    /** The others would take it at once. */
    @Test
    void a_lease_that_no_lock_vouches_for_names_nobody() throws SQLException {
        // Given
        CompletableFuture<Reply> answer = new CompletableFuture<>();
        receiver.answering(webhook -> answer.join());
        await().untilAsserted(() -> assertThat(numbers(HOLDERS)).hasSize(1));
        int instance = numbers(HOLDERS.replace("pid", "objid")).iterator().next();
        try (Connection other = connected();
                var lock = other.prepareStatement("select pg_advisory_lock(1650814060, " + instance + ")")) {
            CompletableFuture<Boolean> taken = CompletableFuture.supplyAsync(() -> succeeds(lock));
            await().untilAsserted(() -> assertThat(numbers(HOLDERS.replace("and granted", "and not granted")))
                    .isNotEmpty());
            end(HOLDERS);
            assertThat(taken.join()).isTrue();

            // When
            pay(newPayment("nobody's", 999));

            // Then
            await().untilAsserted(() -> assertThat(numbers(LEASED + "is null")).hasSize(1));
            assertThat(numbers(LEASED + "is not null")).isEmpty();
        }
        await().atMost(SOON).untilAsserted(() -> assertThat(numbers(HOLDERS)).hasSize(1));
        answer.complete(Reply.of(202));
        pay(newPayment("vouched", 999));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(receiver.about("vouched")).hasSize(1));
    }

    @Test
    void a_connection_that_breaks_in_the_middle_of_a_statement_is_no_fault_of_ours() throws SQLException {
        // Given
        String payment = newPayment("breaks", 999);
        try (Connection other = locked(payment)) {
            CompletableFuture<Response> confirms =
                    CompletableFuture.supplyAsync(() -> as(TestKeys.ALICE).post("/payments/" + payment + "/confirm"));
            await().untilAsserted(() -> assertThat(numbers(WAITING)).isNotEmpty());

            // When
            end(WAITING);

            // Then
            assertUnavailable(confirms.join());
            other.rollback();
        }
        pay(payment);
    }

    @Test
    void what_waits_for_a_lock_too_long_is_told_so() throws SQLException {
        // Given
        String payment = newPayment("waits", 999);
        try (Connection other = locked(payment)) {
            // When
            Response waits = as(TestKeys.ALICE).post("/payments/" + payment + "/confirm");

            // Then
            assertUnavailable(waits);
            other.rollback();
        }
        pay(payment);
    }

    @Test
    void a_database_that_is_away_is_said_to_be() {
        // Given
        String payment = newPayment("away", 999);
        List<Response> answers = new ArrayList<>();

        // When
        PartedPostgres.goAway();
        try {
            answers.add(as(TestKeys.ALICE).post("/payments/" + payment + "/confirm"));
            answers.add(as(TestKeys.OPERATOR).get("/simulator/truth?orderId=away"));
            answers.add(as("a-key-that-nobody-has-asked-with").get("/payments"));
            answers.add(json(TestKeys.ALICE, order("away too", 999)).post("/payments"));
        } finally {
            PartedPostgres.comeBack();
        }

        // Then
        assertThat(answers).allSatisfy(DatabaseSilenceIT::assertUnavailable);
        await().atMost(SOON).untilAsserted(() -> pay(payment));
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(receiver.about("away")).hasSize(1));
    }

    /** Or what it locked would stay locked for hours. */
    @Test
    void the_transaction_of_a_client_that_went_ends() {
        String bound = pool.query("show idle_in_transaction_session_timeout")
                .execute()
                .await()
                .atMost(SOON)
                .iterator()
                .next()
                .getString(0);

        assertThat(bound).isEqualTo("30s");
    }

    private static void assertUnavailable(Response answer) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.contentType()).startsWith("application/problem+json");
        assertThat(answer.jsonPath().getString("code")).isEqualTo("unavailable");
        assertThat(answer.header("Retry-After")).isNotNull();
    }

    private static List<Response> askAtOnce() {
        return atOnce(() -> json(TestKeys.ALICE, order("asked", 999)).post("/payments"));
    }

    private static List<Response> atOnce(Supplier<Response> ask) {
        ExecutorService askers = Executors.newFixedThreadPool(ASKERS);
        try {
            return IntStream.range(0, ASKERS)
                    .mapToObj(n -> CompletableFuture.supplyAsync(ask, askers))
                    .toList()
                    .stream()
                    .map(CompletableFuture::join)
                    .toList();
        } finally {
            askers.shutdown();
        }
    }

    private static int delivered(String orderId) {
        return as(TestKeys.OPERATOR)
                .get("/simulator/truth/summary?prefix=" + orderId)
                .then()
                .statusCode(200)
                .extract()
                .path("delivered");
    }

    private void anotherInstanceMovesTheClock(Duration ahead) throws SQLException {
        try (Connection other = connected();
                var statement = other.createStatement()) {
            statement.execute("update simulator set offset_ms = " + ahead.toMillis()
                    + "; select pg_notify('gateway', 'simulator another')");
        }
    }

    /** Whoever wants to change this payment waits. */
    private Connection locked(String payment) throws SQLException {
        Connection other = connected();
        other.setAutoCommit(false);
        try (var lock = other.prepareStatement("select 1 from payments where id = ? for update")) {
            lock.setString(1, payment);
            lock.execute();
        }
        return other;
    }

    private static boolean succeeds(PreparedStatement statement) {
        try {
            return statement.execute();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void end(String sessions) throws SQLException {
        numbers("with them as materialized (" + sessions + ") select pid from them where pg_terminate_backend(pid)");
    }

    private Set<Integer> numbers(String query) throws SQLException {
        Set<Integer> numbers = new TreeSet<>();
        try (Connection direct = connected();
                var statement = direct.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            while (rows.next()) {
                numbers.add(rows.getInt(1));
            }
        }
        return numbers;
    }

    private Connection connected() throws SQLException {
        return DriverManager.getConnection(database, "postgres", "");
    }
}
