package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.order;
import static dev.bellhop.order.api.Shop.problem;
import static dev.bellhop.order.api.Shop.product;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.notNullValue;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ApiKeysIT {

    private static Response made(String owner, String scopes) {
        return json(TestKeys.OPERATOR, "{\"owner\":\"" + owner + "\",\"scopes\":[" + scopes + "]}")
                .post("/api-keys");
    }

    @Test
    void a_key_reaches_as_far_as_its_scopes() {
        product();

        Response made = made("carol", "\"orders:read\"");

        made.then()
                .statusCode(201)
                .header("Cache-Control", "no-store")
                .body("owner", equalTo("carol"))
                .body("scopes", contains("orders:read"))
                .body("key", notNullValue());
        String key = made.path("key");
        as(key).get("/orders").then().statusCode(200);
        problem(json(key, order(id("o"), 1)).post("/orders"), 403, "forbidden");
        problem(as(key).get("/api-keys"), 403, "forbidden");
    }

    @Test
    void a_key_is_shown_once() {
        Response made = made("carol", "\"orders:read\"");

        String all = as(TestKeys.OPERATOR).get("/api-keys").asString();

        assertThat(all).contains(made.<String>path("keyId")).doesNotContain(made.<String>path("key"));
    }

    /** Whatever proxy stands before us: only it knows by which name and scheme the client asked. */
    @Test
    void where_a_key_is_kept_is_said_as_of_everything_else_by_its_path() {
        // When
        Response made = made("carol", "\"orders:read\"");

        // Then
        assertThat(made.header("Location")).isEqualTo("/api-keys/" + made.path("keyId"));
    }

    @Test
    void a_revoked_key_is_refused_at_once() {
        Response made = made("carol", "\"orders:read\"");
        String key = made.path("key");
        as(key).get("/orders").then().statusCode(200);

        as(TestKeys.OPERATOR)
                .delete("/api-keys/" + made.path("keyId"))
                .then()
                .statusCode(200)
                .body("revokedAt", notNullValue());

        problem(as(key).get("/orders"), 401, "unauthenticated");
        as(TestKeys.OPERATOR).get("/api-keys").then().body("data.keyId", hasItem(made.<String>path("keyId")));
    }

    @Test
    void a_new_key_takes_the_place_of_another_while_the_old_one_goes_on() {
        Response old = made("carol", "\"orders:read\",\"orders:write\"");

        Response next = as(TestKeys.OPERATOR).post("/api-keys/" + old.path("keyId") + "/rotate");

        next.then()
                .statusCode(201)
                .body("owner", equalTo("carol"))
                .body("scopes", contains("orders:read", "orders:write"));
        as(next.path("key")).get("/orders").then().statusCode(200);
        as(old.path("key")).get("/orders").then().statusCode(200);
    }

    @Test
    void a_revoked_key_has_no_successor() {
        String keyId = made("carol", "\"orders:read\"").path("keyId");
        as(TestKeys.OPERATOR).delete("/api-keys/" + keyId).then().statusCode(200);

        Response answer = as(TestKeys.OPERATOR).post("/api-keys/" + keyId + "/rotate");

        problem(answer, 409, "api_key_revoked");
    }

    @Test
    void a_token_is_an_unknown_key_unless_tokens_are_asked_for() {
        String expected = as("nobodys-key-0123456789-abc").get("/orders").asString();

        Response answer = as(Tokens.token("alice", "orders:read")).get("/orders");

        problem(answer, 401, "unauthenticated");
        assertThat(answer.asString()).isEqualTo(expected);
    }
}
