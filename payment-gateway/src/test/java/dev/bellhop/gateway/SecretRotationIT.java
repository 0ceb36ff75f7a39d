package dev.bellhop.gateway;

import static dev.bellhop.gateway.Client.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.testing.RealPostgres;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.util.Arrays;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which secrets an endpoint has after a rotation. The public key that is shown is the newest one's. */
@QuarkusTest
@QuarkusTestResource(RealPostgres.class)
@QuarkusTestResource(TestKeys.class)
class SecretRotationIT {

    private String endpointId = "";

    @BeforeEach
    void create() {
        endpointId = Client.endpoint(
                        "{\"url\":\"http://127.0.0.1:1/\",\"style\":\"standard-webhooks-asymmetric\",\"secret\":\""
                                + secret(1) + "\"}")
                .getString("endpointId");
    }

    @AfterEach
    void forget() {
        Client.delete(endpointId);
        Client.realTime();
    }

    @Test
    void an_earlier_secret_can_be_the_newest_again() {
        rotate(2, "PT24H").then().statusCode(200).body("publicKey", equalTo(publicKey(2)));

        rotate(1, "PT24H").then().statusCode(200).body("publicKey", equalTo(publicKey(1)));
    }

    @Test
    void rotating_to_the_newest_secret_changes_nothing() {
        rotate(1, "PT24H").then().statusCode(200).body("publicKey", equalTo(publicKey(1)));
    }

    @Test
    void the_newest_secret_is_the_newest_whatever_the_simulators_clock_says() {
        // Given
        json(TestKeys.OPERATOR, "{\"now\":\"2020-01-01T00:00:00Z\",\"running\":false}")
                .put("/simulator/clock")
                .then()
                .statusCode(200);

        // When
        Response rotated = rotate(2, "PT24H");

        // Then
        rotated.then().statusCode(200).body("publicKey", equalTo(publicKey(2)));
    }

    @Test
    void more_secrets_than_receivers_bear_are_refused() {
        // Given
        for (int number = 2; number <= 10; number++) {
            rotate(number, "PT24H").then().statusCode(200);
        }

        // When
        Response eleventh = rotate(11, "PT24H");

        // Then
        eleventh.then().statusCode(409).body("code", equalTo("too_many_secrets"));
        assertThat(eleventh.contentType()).startsWith("application/problem+json");
        rotate(3, "PT24H")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("publicKey", equalTo(publicKey(3)));
        rotate(11, "PT0S").then().statusCode(200).body("publicKey", equalTo(publicKey(11)));
        rotate(12, "PT24H").then().statusCode(200);
    }

    private Response rotate(int number, String overlap) {
        return json(TestKeys.OPERATOR, "{\"secret\":\"" + secret(number) + "\",\"overlap\":\"" + overlap + "\"}")
                .post("/webhook-endpoints/" + endpointId + "/rotate-secret");
    }

    private static String secret(int number) {
        return "whsk_" + base64(64, number);
    }

    private static String publicKey(int number) {
        return "whpk_" + base64(32, number);
    }

    private static String base64(int length, int number) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) number);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
