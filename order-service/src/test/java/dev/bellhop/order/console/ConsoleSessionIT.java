package dev.bellhop.order.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.bellhop.order.api.ApiProfile;
import dev.bellhop.order.api.Shop;
import dev.bellhop.order.api.TestKeys;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

@QuarkusTest
@TestProfile(ApiProfile.class)
class ConsoleSessionIT {

    @Test
    void without_a_session_every_page_leads_to_the_door() {
        given().redirects()
                .follow(false)
                .get("/console/orders?status=Paid")
                .then()
                .statusCode(303)
                .header("Location", equalTo("/console/login?to=%2Fconsole%2Forders%3Fstatus%3DPaid"));
    }

    @Test
    void a_page_whose_session_has_ended_stays_and_says_so() {
        String note = given().header("HX-Request", "true")
                .header("HX-Current-URL", "https://shop.example/console/orders/1?done=moved")
                .get("/console/orders/1/live")
                .then()
                .statusCode(286)
                .header("HX-Retarget", "#notice")
                .extract()
                .asString();

        assertThat(note)
                .contains("Your session has ended", "/console/login?to=%2Fconsole%2Forders%2F1%3Fdone%3Dmoved")
                .doesNotContain("<html");
        assertThat(Browsing.asOperator().page("/console/orders")).contains("id=\"notice\"");
    }

    @Test
    void what_was_typed_outlives_the_session() {
        String order = Shop.placed();
        Browsing browser = Browsing.asOperator();
        String token = browser.token();
        browser.request().formParam("token", token).post("/console/logout");

        String door =
                sent(given(), token, order).then().statusCode(401).extract().asString();
        Response inside = given().header("Sec-Fetch-Site", "same-origin")
                .formParams(Browsing.hidden(door))
                .formParam("key", TestKeys.OPERATOR)
                .post("/console/login");
        inside.then().statusCode(200);
        Map<String, String> again = Browsing.hidden(inside.asString());

        assertThat(door).contains("nothing was done");
        assertThat(inside.asString())
                .contains(
                        "action=\"/console/orders/" + order + "/move\"", "value=\"she &quot;changed&quot; her mind\"");
        assertThat(again).containsEntry("move", "cancel");
        given().redirects()
                .follow(false)
                .cookie(LoginResource.COOKIE, inside.cookie(LoginResource.COOKIE))
                .header("Sec-Fetch-Site", "same-origin")
                .formParams(again)
                .formParam("reason", "she changed her mind")
                .post("/console/orders/" + order + "/move")
                .then()
                .statusCode(303);
        Shop.awaitStatus(order, "Cancelled");
    }

    @Test
    void a_form_of_an_earlier_session_can_be_sent_again() {
        String order = Shop.placed();
        Browsing browser = Browsing.asOperator();
        String others = Browsing.asOperator().token();

        String again = sent(browser.request(), others, order)
                .then()
                .statusCode(403)
                .extract()
                .asString();

        assertThat(again)
                .contains(
                        "Not sent yet",
                        "she &quot;changed&quot; her mind",
                        "<dt>Action</dt><dd class=\"id\">cancel</dd>")
                .contains("<a href=\"/console/orders/" + order + "\">" + order + "</a>")
                .doesNotContain("<dt>move</dt>", "<dt>version</dt>");
        assertThat(Browsing.hidden(again)).containsEntry("token", browser.token());
        Shop.awaitStatus(order, "Pending");
    }

    @Test
    void no_other_site_fills_in_a_form() {
        Browsing browser = Browsing.asOperator();

        for (String site : new String[] {"none", "same-site", "cross-site"}) {
            browser.request()
                    .header("Sec-Fetch-Site", site)
                    .formParam("reason", "because")
                    .post("/console/orders/1/move")
                    .then()
                    .statusCode(403)
                    .body(not(containsString("because")));
        }
        given().redirects()
                .follow(false)
                .formParam("key", TestKeys.OPERATOR)
                .formParam("unsent", "/console/orders/1/move")
                .formParam("unsent.reason", "because")
                .post("/console/login")
                .then()
                .statusCode(303);
        given().redirects()
                .follow(false)
                .header("Sec-Fetch-Site", "same-origin")
                .formParam("key", TestKeys.OPERATOR)
                .formParam("unsent", "//evil.example/console")
                .post("/console/login")
                .then()
                .statusCode(303);
    }

    private static Response sent(RequestSpecification browser, String token, String order) {
        return browser.header("Sec-Fetch-Site", "same-origin")
                .formParam("token", token)
                .formParam("version", "1")
                .formParam("move", "cancel")
                .formParam("reason", "she \"changed\" her mind")
                .post("/console/orders/" + order + "/move");
    }

    @Test
    void an_operators_key_opens_a_session_that_no_script_and_no_other_site_can_use() {
        Response answer = Browsing.login(TestKeys.OPERATOR);

        answer.then().statusCode(303).header("Location", "/console/orders");
        assertThat(answer.header("Set-Cookie"))
                .containsPattern("^bellhop_console=[0-9a-f]{64};")
                .containsIgnoringCase("HttpOnly")
                .containsIgnoringCase("Secure")
                .containsIgnoringCase("SameSite=Strict")
                .containsIgnoringCase("Path=/console")
                .containsIgnoringCase("Max-Age=28800");
    }

    @Test
    void a_key_that_nobody_holds_opens_nothing() {
        Response answer = Browsing.login("nobodys-key");

        answer.then().statusCode(401).body(containsString("Nobody holds this key"));
        assertThat(answer.asString())
                .contains("<title>Nobody holds this key. Log in · Bellhop</title>", "aria-describedby=\"message\"");
        assertThat(answer.header("Set-Cookie")).isNull();
        assertThat(answer.asString()).doesNotContain("nobodys-key");
    }

    @Test
    void a_key_without_the_operators_scope_opens_nothing() {
        Response answer = Browsing.login(TestKeys.ALICE);

        answer.then().statusCode(403).body(containsString("lacks the scope operator"));
        assertThat(answer.header("Set-Cookie")).isNull();
    }

    @Test
    void the_login_leads_nowhere_outside() {
        given().redirects()
                .follow(false)
                .formParam("key", TestKeys.OPERATOR)
                .formParam("to", "//evil.example/console")
                .post("/console/login")
                .then()
                .statusCode(303)
                .header("Location", "/console");
    }

    @Test
    void a_login_from_another_site_is_refused() {
        given().header("Sec-Fetch-Site", "cross-site")
                .formParam("key", TestKeys.OPERATOR)
                .post("/console/login")
                .then()
                .statusCode(403)
                .contentType("text/html")
                .body(containsString("another site"));
    }

    @Test
    void every_answer_tells_browsers_to_run_nothing_else() {
        Browsing browser = Browsing.asOperator();

        for (String path : new String[] {
            "/console/orders", "/console/login", "/console/orders/nowhere", "/console/assets/console.css", "/console/no"
        }) {
            Response answer = browser.open(path);
            assertThat(answer.header("Content-Security-Policy"))
                    .as(path)
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'")
                    .contains("frame-ancestors 'none'", "form-action 'self'", "base-uri 'none'")
                    .doesNotContain("unsafe");
            assertThat(answer.header("X-Frame-Options")).isEqualTo("DENY");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Referrer-Policy")).isEqualTo("same-origin");
        }
        assertThat(browser.open("/console/orders").header("Cache-Control")).isEqualTo("no-store");
        assertThat(browser.page("/console/orders")).doesNotContainPattern("(?i)<script>|\\son\\w+=|\\sstyle=|<style");
    }

    @Test
    void what_pages_refer_to_is_there() {
        Browsing browser = Browsing.asOperator();
        String page = browser.page("/console/orders");

        assertThat(page).contains("/webjars/htmx.org/");
        String script = page.replaceFirst("(?s).*<script src=\"([^\"]+)\".*", "$1");
        browser.open(script).then().statusCode(200).body(containsString("htmx"));
        List<String> references = Pattern.compile("<(?:script|link|img)[^>]* (?:src|href)=\"([^\"]+)\"")
                .matcher(page)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .toList();
        assertThat(references).hasSize(4);
        references.forEach(path -> browser.open(path).then().statusCode(200));
    }

    @Test
    void logging_out_ends_the_session() {
        Browsing browser = Browsing.asOperator();
        String token = browser.token();

        browser.request()
                .formParam("token", token)
                .post("/console/logout")
                .then()
                .statusCode(303)
                .header("Set-Cookie", containsString("Max-Age=0"));

        browser.open("/console/orders").then().statusCode(303);
    }

    @Test
    void a_revoked_key_ends_its_sessions() {
        Response made = Shop.json(TestKeys.OPERATOR, "{\"owner\":\"olga\",\"scopes\":[\"operator\"]}")
                .post("/api-keys");
        Browsing browser = Browsing.as(made.path("key"));
        browser.page("/console/orders");

        Shop.as(TestKeys.OPERATOR)
                .delete("/api-keys/" + made.path("keyId"))
                .then()
                .statusCode(200);

        browser.open("/console/orders").then().statusCode(303);
    }

    @Test
    void the_console_is_no_part_of_the_described_api() {
        given().get("/q/openapi")
                .then()
                .statusCode(200)
                .body(containsString("/orders/{id}/status"))
                .body(not(containsString("console")));
    }
}
