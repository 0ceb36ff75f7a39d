package dev.bellhop.order.console;

import static io.restassured.RestAssured.given;

import dev.bellhop.order.api.TestKeys;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a browser does with the console, without one. */
final class Browsing {

    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\">");

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
        return Objects.requireNonNull(hidden(page("/console/orders")).get("token"));
    }

    /** What the forms of a page send along unseen. */
    static Map<String, String> hidden(String page) {
        return HIDDEN.matcher(page)
                .results()
                .collect(Collectors.toMap(
                        field -> field.group(1), field -> field.group(2).replace("&quot;", "\""), (one, same) -> one));
    }
}
