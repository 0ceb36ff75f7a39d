package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class EventPagesIT {

    private static final String HOSTILE = "<script>alert('x')</script>\"><img src=x onerror=alert(1)>";

    private Browsing browser;

    @BeforeEach
    void log_in() {
        browser = Browsing.asOperator();
    }

    private static String eventOf(String order) {
        return Shop.as(TestKeys.OPERATOR)
                .get("/webhook-events?orderId=" + order)
                .path("data[0].eventId");
    }

    @Test
    void events_are_found_by_what_is_known_of_them() {
        String order = Shop.paid();
        String event = eventOf(order);

        for (String query : new String[] {
            "order=" + order,
            "order=" + order + "&source=payments&type=payment_success&outcome=applied&from=2026-01-01T00:00",
            "order=" + order + "&to=nonsense&outcome=nonsense&before=nonsense"
        }) {
            assertThat(browser.page("/console/events?" + query)).as(query).contains(event);
        }
        for (String query : new String[] {
            "source=nobody",
            "type=payment_failed",
            "outcome=conflict",
            "to=2020-01-01T00:00",
            "from=2099-01-01T00:00:00"
        }) {
            assertThat(browser.page("/console/events?order=" + order + "&" + query))
                    .as(query)
                    .contains("No event fits");
        }
    }

    @Test
    void what_strangers_sent_is_shown_and_never_run() {
        String order = Shop.placed();
        String id = "evt\"><script>" + Shop.id("h");
        String body = "{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":999,\"note\":\""
                + HOSTILE.replace("\"", "\\\"") + "\u202E\"}";
        Shop.arrives(
                order,
                body.getBytes(StandardCharsets.UTF_8),
                Map.of("ce_id", id, "ce_source", "payments", "ce_type", HOSTILE, "x-evil", HOSTILE));
        Shop.awaitStatus(order, "Paid");

        String list = browser.page("/console/events?order=" + order);
        String timeline = browser.page("/console/orders/" + order);
        String event = browser.page(list.replaceFirst("(?s).*href=\"(/console/events/one[^\"]+)\".*", "$1"));

        for (String page : new String[] {list, timeline, event}) {
            assertThat(page).doesNotContain("<script>alert", "<img src=x", "evt\"><script>", "\u202E");
        }
        assertThat(event).contains("&lt;script&gt;alert(&#39;x&#39;)", "\\u202E");
    }

    @Test
    void the_exact_bytes_can_be_kept_as_a_file() {
        String order = Shop.placed();
        byte[] body = ("{\"event\":\"payment_success\",\"orderId\":\"" + order + "\",\"amount\":999}\r\n ")
                .getBytes(StandardCharsets.UTF_8);
        String id = Shop.id("evt");
        Shop.arrives(order, body, Map.of("ce_id", id, "ce_source", "payments", "ce_type", "payment_success"));
        Shop.awaitStatus(order, "Paid");

        Response file = browser.open("/console/events/bytes?id=" + id);

        file.then()
                .statusCode(200)
                .contentType("application/octet-stream")
                .header("Content-Disposition", containsString("attachment"))
                .header("X-Content-Type-Options", "nosniff");
        assertThat(file.asByteArray()).isEqualTo(body);
    }

    @Test
    void one_event_is_replayed_with_a_reason() {
        String event = eventOf(Shop.paid());
        String token = browser.token();

        browser.request()
                .formParam("token", token)
                .post("/console/events/replay-one?id=" + event)
                .then()
                .statusCode(400);
        browser.request()
                .formParam("token", token)
                .formParam("reason", "after the fix")
                .post("/console/events/replay-one?id=" + event)
                .then()
                .statusCode(303)
                .header("Location", "/console/events/one?id=" + event + "&source=payments&done=replayed");

        assertThat(browser.page("/console/events/one?id=" + event + "&done=replayed"))
                .contains("<td dir=\"auto\">after the fix</td>", "applied again", "times in UTC");
        Shop.as(TestKeys.OPERATOR)
                .get("/webhook-events/" + event)
                .then()
                .body("replays.note", hasItem("after the fix"))
                .body("replays[0].actor", equalTo("operator"));
        assertThat(browser.page("/console/events/one?id=" + event))
                .contains("<title>Event " + event + " · Bellhop</title>");
    }

    @Test
    void many_events_are_counted_before_they_are_replayed() {
        String order = Shop.paid();
        Shop.happens(order, "payment_failed", 999, "pay-x-" + order, null);
        Shop.happens(order, "refund_success", 999, "pay-of-" + order, "ref-" + order);
        Shop.awaitStatus(order, "Refunded");

        String counted = browser.page("/console/events/replay?order=" + order);
        assertThat(counted).containsPattern("Events that fit</dt><dd>3<").contains("to</dt>");
        String form = counted.replaceFirst("(?s).*action=\"(/console/events/replay[^\"]+)\".*", "$1")
                .replace("&amp;", "&");
        String done = replay(form, "").then().statusCode(303).extract().header("Location");
        for (int seen = 0; seen < 2; seen++) {
            assertThat(browser.page(done)).as("as often as it is looked at").contains("Replayed</dt><dd>3<");
        }
        Shop.awaitStatus(order, "Refunded");

        long begin = System.nanoTime();
        replay(form, "10").then().statusCode(303);
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(200));
        for (String rate : List.of("0", "1001", "-1", "many")) {
            replay(form, rate).then().statusCode(400).body(containsString("That is no rate"));
        }
    }

    private Response replay(String form, String perSecond) {
        return browser.request()
                .urlEncodingEnabled(false)
                .formParam("token", browser.token())
                .formParam("reason", "drill")
                .formParam("perSecond", perSecond)
                .post(form);
    }

    @Test
    void an_event_that_is_not_there_is_a_page_too() {
        browser.open("/console/events/one?id=nothing").then().statusCode(404).body(containsString("No such event"));
        browser.open("/console/events/one").then().statusCode(404);
    }

    @Test
    void the_api_takes_a_reason_and_a_source_too() {
        String order = Shop.paid();

        Shop.json(TestKeys.OPERATOR, "{\"orderId\":\"" + order + "\",\"source\":\"payments\",\"reason\":\"drill\"}")
                .post("/webhook-events/replay")
                .then()
                .statusCode(200)
                .body("count", equalTo(1))
                .body("data[0].note", equalTo("drill"));
        Shop.json(TestKeys.OPERATOR, "{\"reason\":\"again\"}")
                .post("/webhook-events/" + eventOf(order) + "/replay")
                .then()
                .statusCode(200)
                .body("note", equalTo("again"));
        Shop.as(TestKeys.OPERATOR)
                .get("/webhook-events?orderId=" + order + "&source=nobody")
                .then()
                .body("data.size()", equalTo(0));
    }
}
