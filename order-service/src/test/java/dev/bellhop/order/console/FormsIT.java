package dev.bellhop.order.console;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.startsWith;

import dev.bellhop.order.api.ApiProfile;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.specification.RequestSpecification;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** All forms that there are, those to come included. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class FormsIT {

    private static final java.nio.file.Path CLASSES =
            java.nio.file.Path.of("target", "classes", "dev", "bellhop", "order", "console");

    @Test
    void no_form_does_anything_without_the_sessions_own_token() {
        Browsing browser = Browsing.asOperator();
        String others = Browsing.asOperator().token();
        List<String> forms = forms().toList();
        assertThat(forms).contains("/console/logout", "/console/orders/some-id/review");

        for (String form : forms) {
            for (String token : new String[] {"", "0".repeat(64), others}) {
                assertThat(browser.request()
                                .formParam("token", token)
                                .formParam("reason", "because")
                                .formParam("decision", "accept")
                                .formParam("move", "cancel")
                                .post(form)
                                .statusCode())
                        .as(form)
                        .isEqualTo(403);
            }
            assertThat(browser.request().post(form).statusCode()).as(form).isEqualTo(403);
        }
        browser.page("/console/orders");
    }

    @Test
    void no_form_does_anything_without_a_session() {
        forms().forEach(form -> {
            RequestSpecification browser = given().redirects().follow(false).header("Sec-Fetch-Site", "same-origin");
            browser.post(form).then().statusCode(303).header("Location", startsWith("/console/login"));
            browser.formParam("reason", "because")
                    .post(form)
                    .then()
                    .statusCode(401)
                    .body(containsString("name=\"unsent.reason\" value=\"because\""));
        });
    }

    /** Of every resource but the login, which has no session yet. */
    private static Stream<String> forms() {
        try (Stream<java.nio.file.Path> files = Files.list(CLASSES)) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("Resource.class"))
                    .map(name -> load(name.replace(".class", "")))
                    .flatMap(type -> Arrays.stream(type.getDeclaredMethods())
                            .filter(method -> method.isAnnotationPresent(POST.class))
                            .filter(method -> !method.isAnnotationPresent(Open.class))
                            .map(method -> path(type, method)))
                    .toList()
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Class<?> load(String name) {
        try {
            return Class.forName("dev.bellhop.order.console." + name);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String path(Class<?> type, Method method) {
        Path below = method.getAnnotation(Path.class);
        String path = type.getAnnotation(Path.class).value() + (below == null ? "" : "/" + below.value());
        return path.replaceAll("/+", "/").replaceAll("\\{[^}]*}", "some-id");
    }
}
