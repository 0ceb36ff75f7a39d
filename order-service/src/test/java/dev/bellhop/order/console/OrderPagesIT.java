package dev.bellhop.order.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.ManyOrders;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@TestProfile(ApiProfile.class)
class OrderPagesIT {

    private Browsing browser;

    @BeforeEach
    void log_in() {
        browser = Browsing.asOperator();
    }

    @Test
    void an_order_is_found_by_the_beginning_of_its_id_and_by_its_status() {
        String paid = Shop.paid();
        String open = Shop.placed();

        assertThat(browser.page("/console/orders?q=" + paid.substring(0, 12)))
                .contains(paid)
                .doesNotContain(open);
        assertThat(browser.page("/console/orders?q=" + open + "&status=Paid")).contains("No order fits");
        assertThat(browser.page("/console/orders?q=" + open + "&status=nonsense&from=nonsense&before=nonsense"))
                .contains(open);
        assertThat(browser.page("/console/orders?q=%25")).contains("No order fits");
    }

    @Test
    void a_search_among_many_orders_goes_on_from_page_to_page() throws SQLException {
        ManyOrders.fill();
        try {
            String page = browser.page("/console/orders?q=old-");
            assertThat(page).contains("No order fits so far; older ones may.");
            for (int n = 0; n < 10 && page.contains("older ones may"); n++) {
                page = browser.page(page.replaceFirst("(?s).*href=\"([^\"]*)\" rel=\"next\".*", "$1")
                        .replace("&amp;", "&"));
            }

            assertThat(page).contains("old-" + ManyOrders.ANNE, "old-" + ManyOrders.BERT);
        } finally {
            ManyOrders.remove();
        }
    }

    @Test
    void the_timeline_tells_who_did_what_and_which_webhook_came() {
        String order = Shop.paid();

        String page = browser.page("/console/orders/" + order);

        assertThat(page)
                .contains("OrderPlaced", "alice", "OrderPaid", "payment_success", "applied", "pay-of-" + order)
                .containsPattern("trace <span class=\"id\">[0-9a-f]{32}</span>");
    }

    @Test
    void a_part_that_was_seen_is_not_sent_again() {
        String order = Shop.placed();
        String page = browser.page("/console/orders/" + order);
        String seen = page.replaceFirst("(?s).*seen=([0-9-]+)\".*", "$1");

        browser.open("/console/orders/" + order + "/live?seen=" + seen).then().statusCode(204);
        browser.open("/console/orders/" + order + "/live?seen=0-0-0")
                .then()
                .statusCode(200)
                .body(containsString("OrderPlaced"));
    }

    @Test
    void a_reason_as_long_as_the_form_lets_it_be_is_taken_in_any_script() {
        String order = Shop.placed();
        String reason = "漢".repeat(256);

        browser.request()
                .contentType("application/x-www-form-urlencoded; charset=UTF-8")
                .formParam("token", browser.token())
                .formParam("move", "cancel")
                .formParam("reason", reason)
                .post("/console/orders/" + order + "/move")
                .then()
                .statusCode(303);

        assertThat(browser.page("/console/orders/" + order)).contains(reason);
    }

    @Test
    void an_order_is_moved_by_the_use_case_of_the_api() {
        String order = Shop.placed();

        browser.request()
                .formParam("token", browser.token())
                .formParam("move", "cancel")
                .formParam("reason", "<b>asked by phone</b>")
                .post("/console/orders/" + order + "/move")
                .then()
                .statusCode(303)
                .header("Location", "/console/orders/" + order + "?done=moved");

        Shop.awaitStatus(order, "Cancelled");
        assertThat(browser.page("/console/orders/" + order + "?done=moved"))
                .contains(
                        "The order was moved.", "<p class=\"note\" dir=\"auto\">&lt;b&gt;asked by phone&lt;/b&gt;</p>")
                .doesNotContain("<b>");
        Shop.as(TestKeys.OPERATOR)
                .get("/orders/" + order + "/history")
                .then()
                .body("data[1].actor", equalTo("operator"))
                .body("data[1].note", equalTo("<b>asked by phone</b>"));
    }

    @Test
    void a_move_that_the_api_refuses_or_does_not_offer_is_refused_here() {
        String order = Shop.paid();
        String token = browser.token();

        browser.request()
                .formParam("token", token)
                .formParam("move", "cancel")
                .post("/console/orders/" + order + "/move")
                .then()
                .statusCode(409)
                .contentType("text/html")
                .body(containsString("already paid"));
        browser.request()
                .formParam("token", token)
                .formParam("move", "expire")
                .post("/console/orders/" + order + "/move")
                .then()
                .statusCode(400);
        Shop.awaitStatus(order, "Paid");
    }

    @ParameterizedTest
    @CsvSource({
        "/console/orders/none/move, /console/orders/none, none",
        "/console/orders/no%3Ane/review, /console/orders/no%3Ane, no:ne",
        "/console/attention/redrive, /console/attention, Needs attention",
        "/console/events/replay-one, /console/events, Events"
    })
    void a_form_that_is_refused_leads_back_to_where_it_was(String form, String page, String name) {
        // Given
        String token = browser.token();

        // When
        Response refused = browser.request()
                .urlEncodingEnabled(false)
                .formParam("token", token)
                .post(form);

        // Then
        assertThat(refused.statusCode()).isBetween(400, 409);
        assertThat(refused.asString())
                .contains("<a href=\"" + page + "\">Back to " + name + "</a>", "<a href=\"/console\">");
    }

    @Test
    void a_review_is_resolved_with_a_reason() {
        String order = Shop.placed();
        Shop.happens(order, "payment_success", 5, "pay-of-" + order, null);
        Shop.awaitStatus(order, "NeedsReview");
        String token = browser.token();

        browser.request()
                .formParam("token", token)
                .formParam("decision", "accept")
                .formParam("reason", " ")
                .post("/console/orders/" + order + "/review")
                .then()
                .statusCode(400)
                .body(containsString("A reason is needed"));
        browser.request()
                .formParam("token", token)
                .formParam("version", "1")
                .formParam("decision", "accept")
                .formParam("reason", "a coupon")
                .post("/console/orders/" + order + "/review")
                .then()
                .statusCode(412)
                .body(containsString("changed since it was read"));
        assertThat(browser.page("/console/orders/" + order)).contains("name=\"version\" value=\"2\"");
        browser.request()
                .formParam("token", token)
                .formParam("decision", "accept")
                .formParam("reason", "a coupon")
                .post("/console/orders/" + order + "/review")
                .then()
                .statusCode(303);

        Shop.awaitStatus(order, "Paid");
        assertThat(browser.page("/console/orders/" + order)).contains("accept: a coupon");
    }

    @Test
    void an_order_in_review_says_why_and_what_can_be_decided() {
        String order = Shop.placed();
        Shop.happens(order, "payment_success", 5, "pay-of-" + order, null);
        Shop.awaitStatus(order, "NeedsReview");

        assertThat(browser.page("/console/orders/" + order))
                .contains(" amount mismatch</dd>")
                .contains("Accept: the money is taken as it is", "Refund: all that was captured goes back")
                .contains("Cancel: the order is cancelled; what was captured was settled outside");
    }

    @Test
    void an_answer_of_the_provider_is_in_the_timeline_and_in_the_list_of_answers() throws SQLException {
        String order = Shop.placed();
        String url = ConfigProvider.getConfig().getValue("quarkus.datasource.jdbc.url", String.class);
        try (Connection connection = DriverManager.getConnection(url, "postgres", "");
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "insert into question_log (order_id, at, reason, means, payments, status, moved) values ('" + order
                            + "', now(), 'on_doubt', 'alone', 0, 'Pending', false)");
        }

        assertThat(browser.page("/console/orders/" + order))
                .contains("The provider was asked <span class=\"hint\">(on doubt, alone)</span>");
        assertThat(browser.page("/console/reconciliation"))
                .contains(order, "Newest first, times in UTC; calls that failed");
    }

    @Test
    void enter_in_the_reason_presses_no_button() {
        String paid = Shop.paid();
        String review = Shop.placed();
        Shop.happens(review, "payment_success", 5, "pay-of-" + review, null);
        Shop.awaitStatus(review, "NeedsReview");

        for (String order : List.of(paid, review)) {
            assertThat(browser.page("/console/orders/" + order))
                    .containsPattern("<form class=\"action\"[^>]*>\\s*<button disabled hidden></button>");
        }
    }

    @Test
    void the_title_says_what_was_done() {
        String order = Shop.placed();

        assertThat(browser.page("/console/orders/" + order + "?done=moved"))
                .contains("<title>The order was moved. Order " + order + " · Bellhop</title>");
        assertThat(browser.page("/console/orders/" + order)).contains("<title>Order " + order + " · Bellhop</title>");
    }

    @Test
    void an_order_that_is_not_there_is_a_page_too() {
        browser.open("/console/orders/nowhere")
                .then()
                .statusCode(404)
                .contentType("text/html")
                .body(containsString("there is no such order"));
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /console/orders/none, <a href=\"/console/orders\">Back to Orders</a>",
        "GET, /console/events/one?id=none, <a href=\"/console/events\">Back to Events</a>",
        "POST, /console/orders/none/move, <a href=\"/console/orders\">Back to Orders</a>",
        "GET, /console/orders/no/such/page, <a href=\"/console/orders\">Back to Orders</a>",
        "GET, /console/no/such/page, <a href=\"/console\">Back to the console</a>"
    })
    void what_is_not_there_leads_back_to_what_is(String method, String path, String link) {
        // Given
        String token = browser.token();

        // When
        Response missing = (method.equals("GET")
                        ? browser.request()
                        : browser.request().formParam("token", token).formParam("move", "cancel"))
                .request(method, path);

        // Then
        missing.then().statusCode(404).body(containsString(link));
        assertThat(missing.asString()).doesNotContain("href=\"/console/orders/no", "href=\"/console/no");
    }

    @Test
    void a_page_whose_order_was_removed_says_so_and_asks_no_more() {
        // Given
        String order = Shop.placed();
        String version = Shop.as(TestKeys.ALICE).get("/orders/" + order).header("ETag");
        Shop.as(TestKeys.ALICE)
                .header("If-Match", version)
                .delete("/orders/" + order)
                .then()
                .statusCode(204);

        // When
        Response live = browser.open("/console/orders/" + order + "/live?seen=1-1-0");

        // Then
        live.then()
                .statusCode(286)
                .header("HX-Retarget", "#notice")
                .body(containsString("This order was removed"))
                .body(not(containsString("<html")));
    }

    @Test
    void what_cannot_be_done_is_told_in_plain_words_with_what_to_do() {
        // Given
        String paid = Shop.paid();
        String token = browser.token();

        // When
        List<Response> refused = List.of(
                browser.open("/console/orders/none"),
                browser.open("/console/orders/" + paid + "/move"),
                browser.request()
                        .formParam("token", token)
                        .formParam("move", "cancel")
                        .post("/console/orders/" + paid + "/move"),
                browser.request()
                        .formParam("token", token)
                        .formParam("move", "ship")
                        .formParam("version", "1")
                        .post("/console/orders/" + paid + "/move"));

        // Then
        assertThat(refused).extracting(Response::statusCode).containsExactly(404, 405, 409, 412);
        assertThat(refused)
                .extracting(page -> page.asString()
                        .replaceFirst("(?s).*<h1>(.*)</h1>\\s*<p class=\"detail\">(.*?)</p>.*", "$1: $2"))
                .containsExactly(
                        "This is not here: there is no such order. It may have been removed, or its address is another.",
                        "There is nothing to see here: Forms are sent to this address. Go back to the page with the form.",
                        "This cannot be done now: the order is Paid: already paid. Nothing was done. Look at it again, then decide.",
                        "It changed meanwhile: it was changed since it was read. Nothing was done. Look at it again, then decide.");
    }
}
