package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.order;
import static dev.bellhop.order.api.Shop.placed;
import static dev.bellhop.order.api.Shop.problem;
import static dev.bellhop.order.api.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Equal calls, one after the other and all at once. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class OncePerKeyIT {

    private static final int CLIENTS = 50;

    @Test
    void a_repeated_call_gets_the_first_answer() {
        product();
        String key = id("k");
        String body =
                "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";

        Response first =
                json(TestKeys.ALICE, body).header("Idempotency-Key", key).post("/orders");
        Response second =
                json(TestKeys.ALICE, body).header("Idempotency-Key", key).post("/orders");

        first.then().statusCode(201);
        assertThat(first.header("Idempotency-Replayed")).isNull();
        second.then()
                .statusCode(201)
                .header("Idempotency-Replayed", "true")
                .header("Location", first.header("Location"))
                .header("ETag", first.header("ETag"))
                .body(equalTo(first.asString()));
    }

    @Test
    void a_key_stands_for_one_body_of_one_client_and_operation() {
        product();
        String key = id("k");
        json(TestKeys.ALICE, order(id("o"), 1))
                .header("Idempotency-Key", key)
                .post("/orders")
                .then()
                .statusCode(201);

        problem(
                json(TestKeys.ALICE, order(id("o"), 2))
                        .header("Idempotency-Key", key)
                        .post("/orders"),
                422,
                "idempotency_key_reused");
        json(TestKeys.BOB, order(id("o"), 2))
                .header("Idempotency-Key", key)
                .post("/orders")
                .then()
                .statusCode(201);
        json(TestKeys.ALICE, "{\"name\":\"n\"}")
                .header("Idempotency-Key", key)
                .post("/customers/" + id("c"))
                .then()
                .statusCode(201);
    }

    @Test
    void work_that_fails_frees_its_key() {
        String key = id("k");
        String product = id("p");
        String body = "{\"customerId\":\"c\",\"currency\":\"USD\",\"items\":[{\"productId\":\"" + product
                + "\",\"quantity\":1}]}";
        problem(json(TestKeys.ALICE, body).header("Idempotency-Key", key).post("/orders"), 422, "unknown_product");
        product(product, 5);

        json(TestKeys.ALICE, body)
                .header("Idempotency-Key", key)
                .post("/orders")
                .then()
                .statusCode(201)
                .body("amount", equalTo(5));
    }

    @Test
    void products_and_customers_are_made_once_per_key_too() {
        for (String path : List.of("/products", "/products/" + id("p"), "/customers/" + id("c"))) {
            String key = id("k");
            String body = path.startsWith("/products")
                    ? "{\"name\":\"n\",\"amount\":1,\"currency\":\"USD\"}"
                    : "{\"name\":\"n\"}";

            Response first =
                    json(TestKeys.OPERATOR, body).header("Idempotency-Key", key).post(path);
            Response second =
                    json(TestKeys.OPERATOR, body).header("Idempotency-Key", key).post(path);

            first.then().statusCode(201);
            second.then().statusCode(201).header("Idempotency-Replayed", "true").body(equalTo(first.asString()));
            problem(
                    json(TestKeys.OPERATOR, body.replace("\"n\"", "\"m\""))
                            .header("Idempotency-Key", key)
                            .post(path),
                    422,
                    "idempotency_key_reused");
        }
    }

    @Test
    void the_description_names_the_key_where_it_counts() throws Exception {
        List<String> counts = new ArrayList<>();
        JsonNode api = new ObjectMapper()
                .readTree(Path.of("target", "openapi", "openapi.json").toFile());
        api.get("paths").properties().forEach(path -> path.getValue().properties().stream()
                .filter(method -> method.getValue()
                        .path("parameters")
                        .findValuesAsText("name")
                        .contains("Idempotency-Key"))
                .forEach(method -> counts.add(method.getKey() + " " + path.getKey())));

        assertThat(counts)
                .containsExactlyInAnyOrder(
                        "post /orders",
                        "post /orders/{id}/refund",
                        "post /products",
                        "post /products/{id}",
                        "post /customers/{id}");
    }

    @Test
    void fifty_equal_calls_with_one_key_place_one_order() throws Exception {
        product();
        String customer = id("c");
        String key = id("k");
        String body = "{\"customerId\":\"" + customer
                + "\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}";

        List<Response> answers = atOnce(i ->
                () -> json(TestKeys.ALICE, body).header("Idempotency-Key", key).post("/orders"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isIn(201, 409));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 201))
                .isNotEmpty()
                .extracting(answer -> answer.<String>path("orderId"))
                .containsOnly(answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .findFirst()
                        .orElseThrow()
                        .<String>path("orderId"));
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 409))
                .allSatisfy(answer -> problem(answer, 409, "idempotency_key_in_flight"));
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 201 && answer.header("Idempotency-Replayed") == null))
                .hasSize(1);
        assertThat(as(TestKeys.ALICE).get("/orders?customerId=" + customer).<List<Object>>path("data"))
                .hasSize(1);
    }

    @Test
    void fifty_different_orders_at_once_are_all_placed() throws Exception {
        product();
        String customer = id("c");

        List<Response> answers = atOnce(i -> () -> json(
                        TestKeys.ALICE,
                        "{\"customerId\":\"" + customer
                                + "\",\"currency\":\"USD\",\"items\":[{\"productId\":\"article\",\"quantity\":1}]}")
                .header("Idempotency-Key", "k-" + customer + "-" + i)
                .post("/orders"));

        assertThat(answers).allSatisfy(answer -> assertThat(answer.statusCode()).isEqualTo(201));
    }

    @Test
    void of_fifty_conflicting_changes_one_wins() throws Exception {
        String id = placed();

        List<Response> answers = atOnce(i -> () -> json(TestKeys.ALICE, "{\"customerId\":\"c-" + i + "\"}")
                .header("If-Match", "\"1\"")
                .patch("/orders/" + id));

        assertThat(answers.stream().filter(answer -> answer.statusCode() == 200))
                .hasSize(1);
        assertThat(answers.stream().filter(answer -> answer.statusCode() == 412))
                .hasSize(CLIENTS - 1);
        assertThat(as(TestKeys.ALICE).get("/orders/" + id).<Integer>path("version"))
                .isEqualTo(2);
    }

    private interface Request {
        Callable<Response> number(int i);
    }

    /** All of them, behind one barrier. */
    private static List<Response> atOnce(Request request) throws Exception {
        ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
        try {
            CyclicBarrier barrier = new CyclicBarrier(CLIENTS);
            List<Future<Response>> calls = IntStream.range(0, CLIENTS)
                    .mapToObj(i -> clients.submit(() -> {
                        barrier.await();
                        return request.number(i).call();
                    }))
                    .toList();
            List<Response> answers = new ArrayList<>();
            for (Future<Response> call : calls) {
                answers.add(call.get());
            }
            return answers;
        } finally {
            clients.shutdownNow();
        }
    }
}
