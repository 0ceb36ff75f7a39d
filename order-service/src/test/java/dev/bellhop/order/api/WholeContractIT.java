package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.problem;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What the OpenAPI document promises is what is answered; the last of its package, so that it sees what the others saw. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class WholeContractIT {

    @Test
    void every_documented_answer_is_given() {
        askEverythingWithoutAndWithTooWeakAKey();
        askForTheRest();
        Set<String> documented = new TreeSet<>();
        Contract.documented().forEach((call, statuses) -> statuses.stream()
                .filter(status -> !status.equals("default"))
                .forEach(status -> documented.add(call + " " + status)));

        documented.removeAll(Contract.SEEN);

        assertThat(documented).isEmpty();
    }

    private static void askEverythingWithoutAndWithTooWeakAKey() {
        String weak = json(TestKeys.OPERATOR, "{\"owner\":\"weak\",\"scopes\":[\"catalog:write\"]}")
                .post("/api-keys")
                .path("key");
        Contract.documented().keySet().forEach(call -> {
            String method = call.substring(0, call.indexOf(' '));
            String path = call.substring(call.indexOf(' ') + 1).replace("{id}", "x");
            boolean catalogue = path.startsWith("/products") && !method.equals("GET");
            problem(
                    given().filter(new Contract())
                            .contentType("application/json")
                            .request(method, path),
                    401,
                    "unauthenticated");
            problem(
                    as(catalogue ? TestKeys.READER : weak)
                            .contentType("application/json")
                            .request(method, path),
                    403,
                    "forbidden");
        });
    }

    private static void askForTheRest() {
        String key = id("k");
        String product = "{\"name\":\"n\",\"amount\":1,\"currency\":\"USD\"}";
        for (String path : new String[] {"/products", "/products/" + id("p")}) {
            json(TestKeys.OPERATOR, product)
                    .header("Idempotency-Key", key)
                    .post(path)
                    .then()
                    .statusCode(201);
            problem(
                    json(TestKeys.OPERATOR, product.replace("1", "2"))
                            .header("Idempotency-Key", key)
                            .post(path),
                    422,
                    "idempotency_key_reused");
            problem(json(TestKeys.OPERATOR, "{").post(path), 400, "malformed_json");
            problem(
                    as(TestKeys.OPERATOR).contentType("text/plain").body("x").post(path),
                    415,
                    "unsupported_media_type");
        }
        String known = Shop.product(id("p"), 7);
        problem(json(TestKeys.OPERATOR, product).post("/products/" + known), 409, "product_exists");
        problem(
                json(TestKeys.OPERATOR, product.replace("{", "{\"productId\":\"" + known + "\","))
                        .post("/products"),
                409,
                "product_exists");
        as(TestKeys.ALICE).get("/products/" + known).then().statusCode(200).body("amount", equalTo(7));
        Shop.product(known, 8);
        as(TestKeys.ALICE).get("/products?q=ARTICLE&limit=1").then().statusCode(200);
        problem(
                as(TestKeys.OPERATOR).contentType("text/plain").body("x").put("/products/" + known),
                415,
                "unsupported_media_type");
        as(TestKeys.OPERATOR).delete("/products/" + known).then().statusCode(204);
        customers();
        orders();
        events();
        problem(
                as(TestKeys.OPERATOR).contentType("text/plain").body("x").post("/api-keys"),
                415,
                "unsupported_media_type");
        problem(json(TestKeys.OPERATOR, "{}").post("/api-keys"), 400, "validation_failed");
    }

    private static void customers() {
        String customer = "/customers/" + id("c");
        String key = id("k");
        json(TestKeys.ALICE, "{\"name\":\"Ada\"}")
                .header("Idempotency-Key", key)
                .post(customer)
                .then()
                .statusCode(201);
        problem(
                json(TestKeys.ALICE, "{\"name\":\"Bob\"}")
                        .header("Idempotency-Key", key)
                        .post(customer),
                422,
                "idempotency_key_reused");
        problem(json(TestKeys.ALICE, "{\"name\":\"Ada\"}").post(customer), 409, "customer_exists");
        json(TestKeys.ALICE, "{\"name\":\"Ada L.\",\"email\":\"ada@example.com\"}")
                .put(customer)
                .then()
                .statusCode(200);
        Response read = as(TestKeys.ALICE).get(customer);
        read.then().statusCode(200).body("name", equalTo("Ada L.")).body("email", equalTo("ada@example.com"));
        problem(as(TestKeys.BOB).get(customer), 404, "customer_not_found");
        json(TestKeys.ALICE, "{\"name\":\"New\"}")
                .put("/customers/" + id("c"))
                .then()
                .statusCode(201);
        problem(json(TestKeys.ALICE, "{\"name\":\"\"}").post(customer), 400, "validation_failed");
        problem(json(TestKeys.ALICE, "{\"email\":\"x\"}").put(customer), 400, "validation_failed");
        problem(as(TestKeys.ALICE).contentType("text/plain").body("x").post(customer), 415, "unsupported_media_type");
        problem(as(TestKeys.ALICE).contentType("text/plain").body("x").put(customer), 415, "unsupported_media_type");
        problem(as(TestKeys.ALICE).get(customer + "/orders?limit=0"), 400, "invalid_limit");
    }

    private static void orders() {
        String order = "/orders/" + Shop.placed();
        for (String move : new String[] {"ship", "deliver", "cancel", "refund"}) {
            problem(json(TestKeys.ALICE, "{\"x\":1}").post(order + "/" + move), 400, "unknown_field");
            problem(
                    as(TestKeys.ALICE).contentType("text/plain").body("x").post(order + "/" + move),
                    415,
                    "unsupported_media_type");
        }
        problem(
                as(TestKeys.ALICE)
                        .contentType("text/plain")
                        .body("x")
                        .header("If-Match", "*")
                        .patch(order),
                415,
                "unsupported_media_type");
        problem(
                json(TestKeys.ALICE, "{\"items\":[{\"productId\":\"nothing\",\"quantity\":1}]}")
                        .header("If-Match", "*")
                        .patch(order),
                422,
                "unknown_product");
    }

    private static void events() {
        String order = Shop.placed();
        as(TestKeys.OPERATOR)
                .get("/reconciliation")
                .then()
                .statusCode(200)
                .body("waiting", org.hamcrest.Matchers.greaterThan(0))
                .body("details", equalTo("on-doubt"));
        String resolve = "/orders/" + order + "/review/resolve";
        problem(
                json(TestKeys.OPERATOR, "{\"action\":\"accept\",\"reason\":\"r\"}")
                        .post(resolve),
                409,
                "not_in_review");
        problem(json(TestKeys.OPERATOR, "{\"action\":\"x\",\"reason\":\"r\"}").post(resolve), 400, "validation_failed");
        problem(
                json(TestKeys.OPERATOR, "{\"action\":\"accept\",\"reason\":\"r\"}")
                        .post("/orders/none/review/resolve"),
                404,
                "order_not_found");
        problem(as(TestKeys.OPERATOR).contentType("text/plain").body("x").post(resolve), 415, "unsupported_media_type");
        Shop.happens(order, "payment_success", 5, "pay-of-" + order, null);
        Shop.awaitStatus(order, "NeedsReview");
        Response found = as(TestKeys.OPERATOR).get("/webhook-events?status=conflict&limit=1&orderId=" + order);
        found.then().statusCode(200).body("data.orderId", org.hamcrest.Matchers.contains(order));
        String event = "/webhook-events/" + found.path("data[0].eventId");
        as(TestKeys.OPERATOR).post(event + "/replay").then().statusCode(200).body("actor", equalTo("operator"));
        as(TestKeys.OPERATOR)
                .get(event)
                .then()
                .statusCode(200)
                .body("body", org.hamcrest.Matchers.containsString(order))
                .body("replays", org.hamcrest.Matchers.hasSize(1));
        json(TestKeys.OPERATOR, "{\"orderId\":\"" + order + "\",\"dryRun\":true}")
                .post("/webhook-events/replay")
                .then()
                .statusCode(200)
                .body("matched", equalTo(1))
                .body("replays", org.hamcrest.Matchers.hasSize(0));
        json(TestKeys.OPERATOR, "{\"orderId\":\"" + order + "\"}")
                .post("/webhook-events/replay")
                .then()
                .statusCode(200)
                .body("replays", org.hamcrest.Matchers.hasSize(1));
        problem(json(TestKeys.OPERATOR, "{}").post("/webhook-events/replay"), 400, "nothing_selected");
        problem(
                as(TestKeys.OPERATOR).contentType("text/plain").body("x").post("/webhook-events/replay"),
                415,
                "unsupported_media_type");
        problem(as(TestKeys.OPERATOR).get("/webhook-events?status=x"), 400, "unknown_status");
        problem(as(TestKeys.OPERATOR).get("/webhook-events/none"), 404, "webhook_event_not_found");
        problem(as(TestKeys.OPERATOR).post("/webhook-events/none/replay"), 404, "webhook_event_not_found");
        json(TestKeys.OPERATOR, "{\"action\":\"accept\",\"reason\":\"the customer is a friend\"}")
                .post(resolve)
                .then()
                .statusCode(200)
                .body("status", equalTo("Paid"));
    }
}
