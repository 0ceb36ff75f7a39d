package dev.bellhop.gateway;

import static io.restassured.RestAssured.given;

import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.time.Instant;

/** The verbs of the stories. */
final class Client {

    private Client() {}

    static RequestSpecification as(String key) {
        return given().header("Authorization", "Bearer " + key);
    }

    static RequestSpecification json(String key, String body) {
        return as(key).contentType("application/json").body(body);
    }

    /** The id of the new payment. */
    static String newPayment(String orderId, long amount) {
        return json(TestKeys.ALICE, order(orderId, amount))
                .post("/payments")
                .then()
                .statusCode(201)
                .extract()
                .path("paymentId");
    }

    static String order(String orderId, long amount) {
        return "{\"orderId\":\"" + orderId + "\",\"amount\":" + amount + ",\"currency\":\"USD\"}";
    }

    static ValidatableResponse confirm(String paymentId, String card) {
        return json(TestKeys.ALICE, "{\"card\":\"" + card + "\"}")
                .post("/payments/" + paymentId + "/confirm")
                .then();
    }

    static ValidatableResponse pay(String paymentId) {
        return as(TestKeys.ALICE)
                .post("/payments/" + paymentId + "/confirm")
                .then()
                .statusCode(200);
    }

    static JsonPath payment(String paymentId) {
        return as(TestKeys.ALICE)
                .get("/payments/" + paymentId)
                .then()
                .statusCode(200)
                .extract()
                .jsonPath();
    }

    /** The new endpoint: {@code endpointId}, {@code secret}. */
    static JsonPath endpoint(String body) {
        return json(TestKeys.OPERATOR, body)
                .post("/webhook-endpoints")
                .then()
                .statusCode(201)
                .extract()
                .jsonPath();
    }

    static void delete(String endpointId) {
        as(TestKeys.OPERATOR).delete("/webhook-endpoints/" + endpointId).then().statusCode(204);
    }

    static Instant now() {
        return Instant.parse(
                as(TestKeys.OPERATOR).get("/simulator/clock").then().extract().path("now"));
    }

    /** Moves the simulator's time; returns when everything that was due on the way has been done. */
    static void advance(String by) {
        json(TestKeys.OPERATOR, "{\"by\":\"" + by + "\"}")
                .post("/simulator/clock/advance")
                .then()
                .statusCode(200);
    }

    /** Lets the simulator's time be ours again. */
    static void realTime() {
        json(TestKeys.OPERATOR, "{\"now\":\"" + Instant.now() + "\"}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);
    }
}
