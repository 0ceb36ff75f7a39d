package dev.bellhop.order.api;

import static dev.bellhop.order.api.Shop.as;
import static dev.bellhop.order.api.Shop.awaitStatus;
import static dev.bellhop.order.api.Shop.etag;
import static dev.bellhop.order.api.Shop.happens;
import static dev.bellhop.order.api.Shop.json;
import static dev.bellhop.order.api.Shop.paid;
import static dev.bellhop.order.api.Shop.placed;
import static dev.bellhop.order.api.Shop.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bellhop.order.KeptLines;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the provider refuses for good is no reason to try again; what it refuses for now is. */
@QuarkusTest
@TestProfile(ApiProfile.class)
class RefusingProviderIT {

    @AfterEach
    void the_provider_is_itself_again() {
        PayingProvider.agrees();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "422 | {\"code\":\"unknown_currency\",\"detail\":\"key_secret\"} | unknown_currency",
                "400 | {\"code\":\"validation_failed\"}                          | validation_failed",
                "404 | no JSON                                                   | 404",
                "409 | {\"code\":\"Key is secret!\"}                             | 409",
            })
    void a_payment_that_the_provider_refuses_is_a_problem_that_stays(int status, String body, String named) {
        // Given
        String order = placed();
        PayingProvider.refuses(status, body);

        // When
        Response answer = as(TestKeys.ALICE).post("/orders/" + order + "/payment");

        // Then
        problem(answer, 422, "provider_refused");
        assertThat(answer.header("Retry-After")).isNull();
        assertThat(answer.<String>path("detail")).isEqualTo("the payment provider refuses: " + named);
        assertThat(etag(order)).isEqualTo("\"1\"");
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403, 408, 425, 429, 500})
    void what_is_about_us_or_will_pass_is_its_absence(int status) {
        // Given
        String order = placed();
        PayingProvider.refuses(status, "{\"code\":\"unauthenticated\"}");

        // When
        Response answer = as(TestKeys.ALICE).post("/orders/" + order + "/payment");

        // Then
        problem(answer, 503, "provider_unavailable");
        assertThat(answer.header("Retry-After")).matches("\\d+");
    }

    /** Somebody asks why the order cannot be paid, and knows nothing but its id. */
    @ParameterizedTest
    @ValueSource(ints = {401, 422})
    void the_log_says_which_order_got_no_payment(int status) {
        // Given
        String order = placed();
        PayingProvider.refuses(status, "{\"code\":\"unknown_currency\"}");
        Queue<LogRecord> lines = new ConcurrentLinkedQueue<>();
        Handler keep = new KeptLines(lines);
        Logger log = Logger.getLogger("dev.bellhop.order.provider.HttpPaymentProvider");
        log.addHandler(keep);

        // When
        try {
            as(TestKeys.ALICE).post("/orders/" + order + "/payment");
        } finally {
            log.removeHandler(keep);
        }

        // Then
        assertThat(lines).extracting(LogRecord::getMessage).anyMatch(line -> line.contains(" orderId=" + order + " "));
    }

    /** As providers answer a key whose first call is still at work. */
    @Test
    void a_conflict_that_will_pass_is_its_absence() {
        // Given
        String order = placed();
        PayingProvider.refusesFor(1, 409, "{\"code\":\"idempotency_key_in_flight\"}");

        // When
        Response answer = as(TestKeys.ALICE).post("/orders/" + order + "/payment");

        // Then
        problem(answer, 503, "provider_unavailable");
        assertThat(answer.header("Retry-After")).matches("\\d+");
    }

    @Test
    void a_refund_that_the_provider_refuses_is_a_problem_that_stays() {
        // Given
        String order = paid();
        String before = etag(order);
        PayingProvider.refuses(409, "{\"code\":\"payment_not_paid\"}");

        // When
        Response answer = as(TestKeys.ALICE).post("/orders/" + order + "/refund");

        // Then
        problem(answer, 422, "provider_refused");
        assertThat(answer.<String>path("detail")).contains("payment_not_paid");
        assertThat(etag(order)).isEqualTo(before);
    }

    @Test
    void a_review_that_the_provider_gives_nothing_back_for_stays_open() {
        // Given
        String order = placed();
        happens(order, "payment_success", 5, "pay-of-" + order, null);
        awaitStatus(order, "NeedsReview");
        PayingProvider.refuses(409, "{\"code\":\"payment_not_paid\"}");

        // When
        Response answer = json(TestKeys.OPERATOR, "{\"action\":\"refund\",\"reason\":\"too little\"}")
                .post("/orders/" + order + "/review/resolve");

        // Then
        problem(answer, 422, "provider_refused");
        awaitStatus(order, "NeedsReview");
    }
}
