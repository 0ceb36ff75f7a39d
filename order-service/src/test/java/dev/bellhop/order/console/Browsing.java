package dev.bellhop.order.console;

import static io.restassured.RestAssured.given;

import dev.bellhop.order.api.TestKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a browser does with the console, without one. */
final class Browsing {

    private static final Pattern TOKEN = Pattern.compile("name=\"token\" value=\"([0-9a-f]{64})\"");

    private final String cookie;

    private Browsing(String cookie) {
        this.cookie = cookie;
    }

    static Browsing asOperator() {
        return as(TestKeys.OPERATOR);
    }

    static Browsing as(String key) {
        return new Browsing(login(key).cookie(LoginResource.COOKIE));
    }

    static Response login(String key) {
        return given().redirects()
                .follow(false)
                .formParam("key", key)
                .formParam("to", "/console/orders")
                .post("/console/login");
    }

    RequestSpecification request() {
        return given().redirects().follow(false).cookie(LoginResource.COOKIE, cookie);
    }

    Response open(String path) {
        return request().urlEncodingEnabled(false).get(path);
    }

    /** The page, which must be there. */
    String page(String path) {
        return open(path)
                .then()
                .statusCode(200)
                .contentType("text/html")
                .extract()
                .asString();
    }

    /** What the session's forms send along. */
    String token() {
        Matcher matcher = TOKEN.matcher(page("/console/orders"));
        if (!matcher.find()) {
            throw new AssertionError("no form with a token");
        }
        return matcher.group(1);
    }
}
