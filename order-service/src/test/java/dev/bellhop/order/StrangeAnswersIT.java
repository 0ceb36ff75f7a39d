package dev.bellhop.order;

import static dev.bellhop.order.Story.SOON;
import static dev.bellhop.order.Story.awaitStatus;
import static dev.bellhop.order.Story.id;
import static dev.bellhop.order.Story.placed;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpHandler;
import dev.bellhop.order.app.PaymentProvider;
import dev.bellhop.order.app.PaymentProvider.Unavailable;
import dev.bellhop.order.domain.Money;
import dev.bellhop.order.domain.OrderId;
import dev.bellhop.order.domain.PaymentFact;
import dev.bellhop.order.telemetry.OrderMetrics.Reason;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** An answer that makes no sense is none: it moves no money, and delays nobody. */
@QuarkusTest
@TestProfile(EventsProfile.class)
class StrangeAnswersIT {

    @Inject
    PaymentProvider provider;

    @Inject
    AheadClock clock;

    @BeforeEach
    void there_is_something_to_buy() {
        Story.sellsTheArticle();
    }

    @AfterEach
    void the_provider_is_itself_again() {
        ScriptedProvider.mends();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "{}",
                "<html>",
                "{\"data\":[null]}",
                "{\"data\":[{",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"another\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay\\u0000\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":-1,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":9.99,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":9223372036854775808,\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"currency\":\"USD\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"$\",\"status\":\"Paid\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\"}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\",\"refunds\":[null]}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\",\"refunds\":[{\"amount\":9,\"status\":\"Succeeded\"}]}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\",\"refunds\":[{\"refundId\":\"r\",\"amount\":-9,\"status\":\"Succeeded\"}]}]}",
                "{\"data\":[{\"paymentId\":\"pay_1\",\"orderId\":\"ORDER\",\"amount\":999,\"currency\":\"USD\",\"status\":\"Paid\",\"refunds\":[{\"refundId\":\"r\",\"amount\":9}]}]}",
            })
    void what_makes_no_sense_tells_nothing(String answer) {
        String order = id();
        ScriptedProvider.says(order, answer.replace("ORDER", order));

        assertThatThrownBy(
                        () -> provider.payments(order, Reason.ON_DOUBT).await().atMost(SOON))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void an_order_whose_answer_makes_no_sense_delays_no_other() {
        // Given
        ScriptedProvider.cannotList();
        String strange = placed();
        String other = placed();
        ScriptedProvider.says(strange, "{\"data\":[null]}");
        ScriptedProvider.knows(other, "pay-" + other, "Paid", 999);

        // When
        clock.jump(Duration.ofSeconds(2));

        // Then
        awaitStatus(other, "Paid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "null",
                "<html>",
                "{\"paymentId\":\"\"}",
                "{\"paymentId\":\"pay\\u0000\"}",
                "{\"paymentId\":\"pay_1\",\"checkoutUrl\":\"javascript:alert(1)\"}"
            })
    void a_payment_without_a_name_or_with_a_place_to_pay_that_is_none_is_no_payment(String answer) {
        String order = id();
        ScriptedProvider.says(order, answer);

        assertThatThrownBy(() -> provider.request(new OrderId(order), new Money(999, "USD"), order)
                        .await()
                        .atMost(SOON))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void who_sends_us_elsewhere_has_done_nothing() {
        doesNothing(exchange -> {
            exchange.getResponseHeaders().add("Location", "/login");
            exchange.sendResponseHeaders(302, -1);
        });
    }

    /** As something between us and the provider may. */
    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "<html>welcome", "{\"status\":\"Paid\"}"})
    void who_does_not_say_what_was_done_has_done_nothing(String answer) {
        doesNothing(exchange -> ScriptedProvider.respond(exchange, 200, answer));
    }

    private void doesNothing(HttpHandler answer) {
        String payment = id();
        ScriptedProvider.says(payment, answer);

        assertThatThrownBy(() -> provider.close(payment).await().atMost(SOON)).isInstanceOf(Unavailable.class);
        assertThatThrownBy(() -> provider.refund(payment, 9, payment).await().atMost(SOON))
                .isInstanceOf(Unavailable.class);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "0, PT0S",
                "7, PT7S",
                "3600, PT1H",
                "99999, PT1H",
                "315360000000000000000, PT1H",
                "-1, -",
                "soon, -",
                "'Fri, 31 Dec 9999 23:59:59 GMT', -"
            })
    void who_wants_to_be_left_alone_is_for_an_hour_at_most(String said, @Nullable Duration expected) {
        String payment = id();
        ScriptedProvider.says(payment, exchange -> {
            exchange.getResponseHeaders().add("Retry-After", said);
            exchange.sendResponseHeaders(429, -1);
        });

        assertThatThrownBy(() -> provider.close(payment).await().atMost(SOON))
                .isInstanceOfSatisfying(Unavailable.class, failure -> assertThat(failure.retryAfter())
                        .isEqualTo(expected));
    }

    @Test
    void who_answers_without_end_is_not_listened_to_for_ever() {
        String order = id();
        AtomicBoolean hungUp = new AtomicBoolean();
        HttpHandler drip = exchange -> {
            ScriptedProvider.drip(exchange);
            hungUp.set(true);
        };
        ScriptedProvider.says(order, drip);

        assertThatThrownBy(
                        () -> provider.payments(order, Reason.ON_DOUBT).await().atMost(SOON))
                .isInstanceOf(Unavailable.class);
    }

    /** Whoever tries a hundred cards, and then pays, has paid. */
    @Test
    void an_order_with_more_payments_than_a_page_holds_is_told_of_them_all() {
        String order = id();
        ScriptedProvider.says(order, pages(order, 3));

        assertThat(provider.payments(order, Reason.ON_DOUBT).await().atMost(SOON))
                .extracting(PaymentProvider.Known::paymentId)
                .containsExactly("pay_1", "pay_2", "pay_3");
    }

    @Test
    void a_part_of_the_payments_of_an_order_is_no_answer() {
        String order = id();
        ScriptedProvider.says(order, pages(order, Integer.MAX_VALUE));

        assertThatThrownBy(
                        () -> provider.payments(order, Reason.ON_DOUBT).await().atMost(SOON))
                .isInstanceOf(Unavailable.class);
    }

    @Test
    void what_was_captured_counts_and_not_what_was_asked_for() {
        String order = id();
        ScriptedProvider.says(
                order,
                """
                {"data":[{"paymentId":"pay_1","orderId":"%s","amount":999,"amountCaptured":500,"currency":"USD",\
                "status":"Paid"}]}"""
                        .formatted(order));

        assertThat(provider.payments(order, Reason.ON_DOUBT).await().atMost(SOON))
                .flatExtracting(PaymentProvider.Known::facts)
                .extracting(PaymentFact::amount)
                .containsExactly(500L);
    }

    /** One payment on each, numbered. */
    private static HttpHandler pages(String order, int last) {
        return exchange -> {
            String query = exchange.getRequestURI().getQuery();
            int page = query.contains("cursor=") ? Integer.parseInt(query.replaceFirst(".*cursor=(\\d+).*", "$1")) : 1;
            String next = page == last ? "null" : "\"" + (page + 1) + "\"";
            String json =
                    """
                    {"data":[{"paymentId":"pay_%d","orderId":"%s","amount":999,"currency":"USD","status":"Failed"}],\
                    "nextCursor":%s}"""
                            .formatted(page, order, next);
            ScriptedProvider.respond(exchange, 200, json);
        };
    }
}
