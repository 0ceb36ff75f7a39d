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
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AnnouncingIT {

    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String PRODUCT = "{\"name\":\"tea\",\"amount\":5,\"currency\":\"USD\"}";

    @Inject
    Pool pool;

    /** Or whoever has no key keeps the relays of all instances, and the database, busy. */
    @Test
    void whoever_is_not_let_in_or_refused_wakes_no_relay() {
        // Given
        AtomicInteger woken = new AtomicInteger();
        SqlConnection hearing = pool.getConnection().await().atMost(SOON);
        PgConnection.cast(hearing.getDelegate()).notificationHandler(notification -> woken.incrementAndGet());
        hearing.query("listen outbox").execute().await().atMost(SOON);

        // When
        for (int times = 0; times < 10; times++) {
            given().post("/orders/unknown/cancel").then().statusCode(401);
            json(TestKeys.ALICE, "{}").post("/orders").then().statusCode(400);
            json(TestKeys.ALICE, "{}").post("/orders/unknown/cancel").then().statusCode(404);
            anybody().options("/orders").then().statusCode(200);
            anybody().post("/console/logout").then().statusCode(303);
            anybody()
                    .header("HX-Request", "true")
                    .post("/console/logout")
                    .then()
                    .statusCode(286);
        }
        json(TestKeys.OPERATOR, PRODUCT).post("/products/" + id("p")).then().statusCode(201);

        // Then
        await().atMost(SOON).until(() -> woken.get() > 0);
        assertThat(woken).hasValue(1);
        hearing.query("unlisten outbox").execute().await().atMost(SOON);
        hearing.close().await().atMost(SOON);
    }

    private static RequestSpecification anybody() {
        return given().noFilters().redirects().follow(false);
    }
}
