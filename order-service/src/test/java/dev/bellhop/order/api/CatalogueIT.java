package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.problem;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.greaterThanOrEqualTo;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import org.junit.jupiter.api.Test;

/** What orders are about: products and customers. And the operators' views that nothing else asks for. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class CatalogueIT {

    private static String product(String name) {
        return "{\"name\":\"" + name + "\",\"amount\":5,\"currency\":\"USD\"}";
    }

    @Test
    void a_product_is_added_once_changed_found_and_removed() {
        String id = id("p");
        String path = "/products/" + id;

        json(TestKeys.OPERATOR, product("tea")).post(path).then().statusCode(201);
        problem(json(TestKeys.OPERATOR, product("tea")).post(path), 409, "product_exists");
        problem(
                json(TestKeys.OPERATOR, product("tea").replace("{", "{\"productId\":\"" + id + "\","))
                        .post("/products"),
                409,
                "product_exists");
        json(TestKeys.OPERATOR, product("tea " + id)).put(path).then().statusCode(200);
        as(TestKeys.ALICE).get(path).then().statusCode(200).body("name", equalTo("tea " + id));
        as(TestKeys.ALICE).get("/products?q=" + id).then().statusCode(200).body("data.productId", contains(id));
        as(TestKeys.OPERATOR).delete(path).then().statusCode(204);
        problem(as(TestKeys.ALICE).get(path), 404, "product_not_found");
    }

    @Test
    void a_customer_is_added_once_and_changed_by_whom_it_belongs_to() {
        String path = "/customers/" + id("c");

        json(TestKeys.ALICE, "{\"name\":\"Ada\"}").post(path).then().statusCode(201);
        problem(json(TestKeys.ALICE, "{\"name\":\"Ada\"}").post(path), 409, "customer_exists");
        json(TestKeys.ALICE, "{\"name\":\"Ada L.\"}").put(path).then().statusCode(200);
        as(TestKeys.ALICE).get(path).then().statusCode(200).body("name", equalTo("Ada L."));
        problem(as(TestKeys.BOB).get(path), 404, "customer_not_found");
        json(TestKeys.BOB, "{\"name\":\"Bob's own\"}").put(path).then().statusCode(201);
        problem(
                json(TestKeys.ALICE, "{\"customerId\":\"another\",\"name\":\"Ada\"}")
                        .put(path),
                400,
                "customer_id_differs");
    }

    @Test
    void operators_see_how_far_reconciliation_is() {
        as(TestKeys.OPERATOR)
                .get("/reconciliation")
                .then()
                .statusCode(200)
                .body("details", equalTo("never"))
                .body("waiting", greaterThanOrEqualTo(0));
    }
}
