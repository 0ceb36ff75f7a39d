package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.testing.Described;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every operation of the API's description refuses, and what the API refuses as a whole. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RefusalsIT {

    @Inject
    RateLimit rateLimit;

    static List<Described.Operation> operations() {
        return Described.operations();
    }

    static List<Described.Operation> readers() {
        return operations().stream().filter(operation -> operation.answers(415)).toList();
    }

    static List<Described.Operation> lists() {
        return operations().stream()
                .filter(operation -> operation.answers().values().stream()
                        .anyMatch(answer -> answer.meaning().contains("invalid_limit")))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void nobody_comes_in_without_a_key(Described.Operation operation) {
        problem(given().request(operation.method(), operation.example()), 401, "unauthenticated");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_key_of_another_scope_is_not_enough(Described.Operation operation) {
        boolean keepsCatalogue =
                operation.path().startsWith("/products") && !operation.method().equals("GET");
        String key = keepsCatalogue ? TestKeys.READER : TestKeys.CATALOGUER;

        problem(as(key).request(operation.method(), operation.example()), 403, "forbidden");
    }

    @ParameterizedTest
    @MethodSource("operations")
    void a_client_that_cannot_read_the_answer_gets_none(Described.Operation operation) {
        problem(
                as(TestKeys.OPERATOR).accept("text/csv").request(operation.method(), operation.example()),
                406,
                "not_acceptable");
    }

    @ParameterizedTest
    @MethodSource("readers")
    void a_body_is_json(Described.Operation operation) {
        problem(
                as(TestKeys.OPERATOR)
                        .header("If-Match", "*")
                        .contentType("text/plain")
                        .body("x")
                        .request(operation.method(), operation.example()),
                415,
                "unsupported_media_type");
        problem(
                json(TestKeys.OPERATOR, "{").header("If-Match", "*").request(operation.method(), operation.example()),
                400,
                "malformed_json");
    }

    @ParameterizedTest
    @MethodSource("lists")
    void a_page_has_a_limit(Described.Operation operation) {
        problem(as(TestKeys.OPERATOR).get(operation.example() + "?limit=0"), 400, "invalid_limit");
    }

    static List<String> paths() {
        return operations().stream()
                .map(Described.Operation::example)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @MethodSource("paths")
    void who_uses_a_wrong_method_is_told_the_right_ones(String path) {
        Set<String> right = operations().stream()
                .map(Described.Operation::method)
                .filter(method -> operations().stream().anyMatch(operation -> operation.fits(method, path)))
                .collect(Collectors.toCollection(TreeSet::new));
        right.add("OPTIONS");
        if (right.contains("GET")) {
            right.add("HEAD");
        }
        for (String wrong : List.of("GET", "POST", "PUT", "PATCH", "DELETE", "LOCK")) {
            if (!right.contains(wrong)) {
                Response answer = as(TestKeys.OPERATOR).request(wrong, path);

                problem(answer, 405, "method_not_allowed");
                assertThat(answer.header("Allow")).isEqualTo(String.join(", ", right));
            }
        }
    }

    @Test
    void a_key_that_calls_too_often_is_told_to_come_back() {
        // Given
        Response made = json(TestKeys.OPERATOR, "{\"owner\":\"carol\",\"scopes\":[\"orders:read\"]}")
                .post("/api-keys");
        String key = made.path("key");
        String keyId = made.path("keyId");
        AtomicBoolean over = new AtomicBoolean();
        CompletableFuture<Void> wild = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                take(keyId);
            }
        });

        try {
            Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
                // When
                Response answer = as(key).get("/orders");

                // Then
                problem(answer, 429, "rate_limited");
                assertThat(answer.header("Retry-After")).isEqualTo("1");
            });
        } finally {
            over.set(true);
            wild.join();
        }
    }

    private void take(String keyId) {
        try {
            rateLimit.take(keyId);
        } catch (RateLimit.Exhausted e) {
            Thread.onSpinWait();
        }
    }

    @Test
    void a_database_that_is_away_is_worth_another_try_and_a_bug_is_not() throws SQLException {
        // Given a database that answers, to customers of this kind, with the state that is their name
        String customer = id("unlucky");
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    create function refuse() returns trigger language plpgsql
                    as 'begin raise exception ''secret'' using errcode = new.name; end'""");
            statement.execute("create trigger refuse before insert on customer for each row when (new.customer_id = '"
                    + customer + "') execute function refuse()");

            try {
                // When
                Response away = json(TestKeys.ALICE, "{\"name\":\"57P03\"}").put("/customers/" + customer);
                Response bug = json(TestKeys.ALICE, "{\"name\":\"22012\"}").put("/customers/" + customer);

                // Then
                problem(away, 503, "unavailable");
                assertThat(away.header("Retry-After")).isEqualTo("1");
                problem(bug, 500, "internal_error");
                assertThat(away.asString() + bug.asString()).doesNotContain("secret");
            } finally {
                statement.execute("drop function refuse cascade");
            }
        }
    }
}
