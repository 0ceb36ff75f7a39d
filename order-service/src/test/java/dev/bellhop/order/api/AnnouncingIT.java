package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.id;
import static dev.bellhop.order.api.Shop.json;
import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.pgclient.PgConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AnnouncingIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PRODUCT = "{\"name\":\"tea\",\"amount\":5,\"currency\":\"USD\"}";

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([^\"]*)\"");

    private final AtomicInteger woken = new AtomicInteger();

    @Inject
    Pool pool;

    private SqlConnection hearing;

    @BeforeEach
    void hear() {
        hearing = pool.getConnection().await().atMost(SOON);
        PgConnection.cast(hearing.getDelegate()).notificationHandler(notification -> woken.incrementAndGet());
        hearing.query("listen outbox").execute().await().atMost(SOON);
    }

    @AfterEach
    void hear_no_more() {
        hearing.query("unlisten outbox").execute().await().atMost(SOON);
        hearing.close().await().atMost(SOON);
    }

    /** Or whoever has no key keeps the relays of all instances, and the database, busy. */
    @Test
    void whoever_is_not_let_in_or_refused_wakes_no_relay() {
        // When
        for (int times = 0; times < 10; times++) {
            given().post("/orders/unknown/cancel").then().statusCode(401);
            json(TestKeys.ALICE, "{}").post("/orders").then().statusCode(400);
            json(TestKeys.ALICE, "{}").post("/orders/unknown/cancel").then().statusCode(404);
            browser().options("/orders").then().statusCode(200);
            browser().post("/console/logout").then().statusCode(303);
            browser()
                    .header("HX-Request", "true")
                    .post("/console/logout")
                    .then()
                    .statusCode(286);
        }
        json(TestKeys.OPERATOR, PRODUCT).post("/products/" + id("p")).then().statusCode(201);

        // Then
        await().atMost(SOON).until(() -> woken.get() > 0);
        assertThat(woken).hasValue(1);
    }

    @Test
    void a_form_of_the_console_wakes_the_relay() {
        // Given
        String session = browser()
                .formParam("key", TestKeys.OPERATOR)
                .post("/console/login")
                .cookie("bellhop_console");
        String page =
                browser().cookie("bellhop_console", session).get("/console").asString();
        Matcher token = TOKEN.matcher(page);
        assertThat(token.find()).isTrue();

        // When
        browser()
                .cookie("bellhop_console", session)
                .formParam("token", token.group(1))
                .post("/console/logout")
                .then()
                .statusCode(303);

        // Then
        await().atMost(SOON).until(() -> woken.get() == 1);
    }

    private static RequestSpecification browser() {
        return given().noFilters().redirects().follow(false);
    }
}
