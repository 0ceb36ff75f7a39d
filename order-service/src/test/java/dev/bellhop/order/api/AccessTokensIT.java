package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.order;
import static dev.bellhop.order.api.Shop.placed;
import static dev.bellhop.order.api.Shop.problem;
import static dev.bellhop.order.api.Shop.product;
import static dev.bellhop.order.api.Tokens.claims;
import static dev.bellhop.order.api.Tokens.part;
import static dev.bellhop.order.api.Tokens.signed;
import static dev.bellhop.order.api.Tokens.token;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.order.api.OidcServer.Mood;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.keys.HmacKey;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

@QuarkusTest
@TestProfile(TokensProfile.class)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class AccessTokensIT {

    private static final String BOTH = "orders:read orders:write";

    @TestHTTPResource(value = "/health/ready", management = true)
    @Nullable
    URL ready;

    /** The server answers, and that has been noticed. */
    private static void connected() {
        OidcServer.is(Mood.ANSWERING);
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(
                        as(token("alice", BOTH)).get("/orders").statusCode())
                .isEqualTo(200));
    }

    private static void unverifiable(Response answer) {
        problem(answer, 503, "unavailable");
        assertThat(answer.header("Retry-After")).isEqualTo("4");
    }

    /** It has been away since we started. */
    @Test
    @Order(1)
    void a_server_that_is_away_makes_tokens_wait_and_nothing_else() {
        // Given
        OidcServer.is(Mood.AWAY);
        unverifiable(as(token("alice", BOTH)).get("/orders"));
        int asked = OidcServer.asked();
        long before = System.nanoTime();

        // When
        for (int i = 0; i < 20; i++) {
            unverifiable(as(token("alice", BOTH)).get("/orders"));
        }

        // Then
        long pauses = Duration.ofNanos(System.nanoTime() - before).dividedBy(Duration.ofSeconds(4)) + 1;
        assertThat(OidcServer.asked() - asked).isLessThanOrEqualTo((int) pauses);
        as(TestKeys.ALICE).get("/orders").then().statusCode(200);
        problem(as("nobodys-key-0123456789-abc").get("/orders"), 401, "unauthenticated");
        given().get(Objects.requireNonNull(ready)).then().statusCode(200).body("status", equalTo("UP"));

        // And when it comes back, tokens are taken
        connected();
    }

    @Test
    void a_token_places_and_reads_the_orders_of_its_owner_only() {
        connected();
        product();
        String owner = id("auth0|dora");
        String id = id("o");

        Response placed = json(token(owner, BOTH), order(id, 1)).post("/orders");

        placed.then().statusCode(201);
        as(token(owner, "orders:read")).get("/orders/" + id).then().statusCode(200);
        as(token(owner, "orders:read")).get("/orders").then().body("data.orderId", equalTo(List.of(id)));
        problem(as(token("erik", BOTH)).get("/orders/" + id), 404, "order_not_found");
        problem(as(TestKeys.BOB).get("/orders/" + id), 404, "order_not_found");
        as(TestKeys.OPERATOR).get("/orders/" + id).then().statusCode(200);
    }

    /** Which is why who names subjects there decides who sees what here. */
    @Test
    void a_token_and_a_key_of_the_same_owner_see_the_same_orders() {
        connected();
        String id = placed();

        as(token("alice", "orders:read")).get("/orders/" + id).then().statusCode(200);
    }

    @Test
    void a_token_reaches_as_far_as_those_of_its_scopes_that_are_ours() {
        connected();
        product();
        JwtClaims listed = claims("dora", "");
        listed.setClaim("scope", List.of("openid", "orders:read"));
        JwtClaims none = claims("dora", "");
        none.unsetClaim("scope");

        as(token("dora", "openid orders:read email")).get("/orders").then().statusCode(200);
        as(signed(listed)).get("/orders").then().statusCode(200);
        as(token("dora", "operator")).get("/api-keys").then().statusCode(200);
        problem(json(token("dora", "orders:read"), order(id("o"), 1)).post("/orders"), 403, "forbidden");
        problem(
                as(token("dora", "openid Orders:Read orders: :read read orders:read:all"))
                        .get("/orders"),
                403,
                "forbidden");
        problem(as(token("dora", "")).get("/orders"), 403, "forbidden");
        problem(as(signed(none)).get("/orders"), 403, "forbidden");
    }

    private static Map<String, String> badTokens() {
        Map<String, String> bad = new TreeMap<>();
        put(bad, "expired", claims -> claims.setExpirationTime(Tokens.in(-1)));
        put(bad, "good for ever", claims -> claims.unsetClaim("exp"));
        put(bad, "not good yet", claims -> claims.setNotBefore(Tokens.in(30)));
        put(bad, "of no age", claims -> claims.unsetClaim("iat"));
        put(bad, "another issuer's", claims -> claims.setIssuer("https://login.example.org"));
        put(bad, "no issuer's", claims -> claims.unsetClaim("iss"));
        put(bad, "for another service", claims -> claims.setAudience("billing"));
        put(bad, "for no service", claims -> claims.unsetClaim("aud"));
        put(bad, "nobody's", claims -> claims.unsetClaim("sub"));
        put(bad, "somebody's without a name", claims -> claims.setSubject(""));
        put(bad, "somebody's with half a name", claims -> claims.setSubject("ali\u0000ce"));
        put(bad, "somebody's with too long a name", claims -> claims.setSubject("a".repeat(256)));
        put(bad, "somebody's with a number for a name", claims -> claims.setClaim("sub", 7));
        put(bad, "a refresh token", claims -> claims.setClaim("typ", "Refresh"));

        JwtClaims claims = claims("alice", BOTH);
        RsaJsonWebKey key = OidcServer.key();
        String id = String.valueOf(key.getKeyId());
        String[] good = signed(claims).split("\\.", -1);
        bad.put("signed by another key of that id", signed(claims, Tokens.key(id)));
        bad.put("signed by an unknown key", signed(claims, Tokens.key("unknown")));
        bad.put("signed by the public key as a secret", signed(claims, "HS256", secret(key), id));
        bad.put("not signed", signed(claims, AlgorithmIdentifiers.NONE, null, id));
        bad.put("not signed, which something hides", signed(claims, AlgorithmIdentifiers.NONE, null, id) + good[2]);
        bad.put("altered", good[0] + "." + part(claims("bob", BOTH).toJson()) + "." + good[2]);
        bad.put("signed otherwise", good[0] + "." + good[1] + "." + part("x".repeat(256)));
        bad.put("cut", good[0] + "." + good[1]);
        bad.put(
                "its own key's",
                part("{\"alg\":\"RS256\",\"jwk\":" + key.toJson() + "}") + "." + good[1] + "." + good[2]);
        bad.put("no JSON", part("alice") + "." + part("bob") + "." + part("carol"));
        bad.put("no object", part("[]") + "." + part("7") + "." + part("null"));
        bad.put("no base64", "a.b.c");
        bad.put("nothing", "..");
        return bad;
    }

    private static void put(Map<String, String> bad, String what, Consumer<JwtClaims> flaw) {
        JwtClaims claims = claims("alice", BOTH);
        flaw.accept(claims);
        bad.put(what, signed(claims));
    }

    private static HmacKey secret(RsaJsonWebKey key) {
        return new HmacKey(key.getRsaPublicKey().getEncoded());
    }

    @Test
    void whatever_is_wrong_with_a_token_the_answer_is_that_to_an_unknown_key() {
        connected();
        String expected = as("nobodys-key-0123456789-abc").get("/orders").asString();

        badTokens().forEach((what, token) -> {
            Response answer = as(token).get("/orders");

            assertThat(answer.statusCode()).as(what).isEqualTo(401);
            assertThat(answer.asString()).as(what).isEqualTo(expected);
            assertThat(answer.header("WWW-Authenticate")).as(what).isEqualTo("Bearer");
        });
    }

    @Test
    void a_new_signing_key_is_noticed_by_its_first_token_and_the_old_one_forgotten() {
        // Given
        connected();
        RsaJsonWebKey old = OidcServer.key();
        String known = token("alice", BOTH);
        OidcServer.signsWith(Tokens.key("second"));

        // When the server cannot be asked for the new key
        for (Mood mood : List.of(Mood.AWAY, Mood.BROKEN, Mood.SILENT)) {
            OidcServer.is(mood);
            unverifiable(as(token("alice", BOTH)).get("/orders"));
            as(known).get("/orders").then().statusCode(200);
        }
        connected();

        // Then
        as(token("alice", BOTH)).get("/orders").then().statusCode(200);
        problem(as(signed(claims("alice", BOTH), old)).get("/orders"), 401, "unauthenticated");
    }

    @Test
    void a_token_opens_no_session_of_the_console() {
        connected();

        given().redirects()
                .follow(false)
                .formParam("key", token("dora", "operator"))
                .post("/console/login")
                .then()
                .statusCode(401);
    }
}
