package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** RFC 3339 has four digits for a year. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class EndOfTimeIT {

    private static final String END = "9999-12-31T23:59:59.999Z";

    @AfterEach
    void realTime() {
        Client.realTime();
    }

    @Test
    void the_clock_runs_until_there_and_no_further() {
        // When
        set("9999-12-31T23:59:59.900Z").then().statusCode(200);

        // Then
        await().untilAsserted(() -> assertThat(Client.now()).isEqualTo(Instant.parse(END)));
        json(TestKeys.ALICE, Client.order("the last", 5))
                .post("/payments")
                .then()
                .statusCode(201)
                .body("createdAt", equalTo(END))
                .body("expiresAt", equalTo(END));
    }

    @Test
    void nobody_moves_it_past_there() {
        // Given
        set("9999-12-31T23:00:00Z").then().statusCode(200);

        // When
        Response advanced = json(TestKeys.OPERATOR, "{\"by\":\"PT1H\"}").post("/simulator/clock/advance");
        Response set = set("9999-12-31T23:59:59-01:00");

        // Then
        advanced.then().statusCode(400).body("code", equalTo("invalid_duration"));
        set.then().statusCode(400).body("code", equalTo("invalid_time"));
    }

    private static Response set(String now) {
        return json(TestKeys.OPERATOR, "{\"now\":\"" + now + "\"}").put("/simulator/clock");
    }
}
