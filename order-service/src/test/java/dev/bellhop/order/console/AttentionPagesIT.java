package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class AttentionPagesIT {

    private static final String PAGE = "/console/attention";

    /** A time of day that says no zone. */
    private static final Pattern TIME_OF_NOWHERE = Pattern.compile("<time[^>]*>[^<]*:\\d\\d</time>");

    private Browsing browser;

    @BeforeEach
    void log_in() {
        browser = Browsing.asOperator();
    }

    @Test
    void an_order_in_review_is_there_until_it_is_resolved() {
        String order = Shop.placed();
        Shop.happens(order, "payment_success", 5, "pay-of-" + order, null);
        Shop.awaitStatus(order, "NeedsReview");

        assertThat(browser.page(PAGE))
                .contains(order, "amount mismatch", "captured 0.05 USD")
                .contains("Cancel: the order is cancelled; what was captured was settled outside")
                .doesNotContainPattern(TIME_OF_NOWHERE);
        browser.request()
                .formParam("token", browser.token())
                .formParam("decision", "cancel")
                .formParam("reason", "test")
                .post("/console/orders/" + order + "/review")
                .then()
                .statusCode(303);

        assertThat(browser.page(PAGE)).doesNotContain(order);
    }

    @Test
    void an_event_that_waits_too_long_for_its_order_is_there() {
        String order = Shop.id("late");
        Shop.arrives(
                order,
                ("{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":999}")
                        .getBytes(StandardCharsets.UTF_8),
                Map.of(
                        "ce_id", "evt-" + order,
                        "ce_source", "payments",
                        "ce_type", "payment_success",
                        "bellhop_receivedat", "2026-01-01T00:00:00.000Z"));

        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(browser.page(PAGE))
                .contains("evt-" + order, "The provider was not asked about it. Placing the order applies it.")
                .doesNotContainPattern(TIME_OF_NOWHERE));
    }

    @Test
    void a_dead_letter_is_there_until_it_is_sent_again_with_a_reason() {
        String key = Shop.id("poison");
        Shop.arrives(key, "{<script>".getBytes(StandardCharsets.UTF_8), Map.of("ce_id", key, "ce_source", "payments"));
        Awaitility.await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(browser.page(PAGE))
                .contains(key, "malformed_json", "{&lt;script&gt;")
                .doesNotContainPattern(TIME_OF_NOWHERE));
        String origin = Shop.as(TestKeys.OPERATOR).get("/dead-letters?limit=1").path("data[0].origin");

        browser.request()
                .formParam("token", browser.token())
                .formParam("origin", origin)
                .formParam("reason", "schema mended")
                .post(PAGE + "/redrive")
                .then()
                .statusCode(303)
                .header("Location", PAGE + "?done=redriven");

        assertThat(browser.page(PAGE + "?done=redriven"))
                .doesNotContain("value=\"" + origin + "\"")
                .contains("went through");
        Shop.as(TestKeys.OPERATOR)
                .get("/dead-letters")
                .then()
                .body("data.find { it.origin == '" + origin + "' }.redrivenNote", equalTo("schema mended"))
                .body("data.find { it.origin == '" + origin + "' }.redrivenBy", equalTo("operator"));
        browser.request()
                .formParam("token", browser.token())
                .formParam("origin", "nowhere")
                .formParam("reason", "x")
                .post(PAGE + "/redrive")
                .then()
                .statusCode(404);
    }
}
