package dev.bellhop.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.bellhop.order.app.PaymentProvider;
import dev.bellhop.order.telemetry.OrderMetrics;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code orders.provider.questions-per-second}: however much there is to ask, it is asked at this rate, and all of it. */
@QuarkusTest
@TestProfile(AskingProfile.class)
class AskingBudgetIT {

    @Inject
    MeterRegistry registry;

    @Inject
    AheadClock clock;

    @Inject
    PaymentProvider provider;

    @Test
    void who_asks_for_one_refund_after_the_other_leaves_no_order_unasked() {
        // Given
        Story.sellsTheArticle();
        String order = Story.placed();
        String payment = "pay_" + order;
        ScriptedProvider.knows(order, payment, "Paid", 999);
        Story.send("evt_" + order, Story.captured(order, payment, 999));
        Story.send("evt_r_" + order, Story.captured(order, payment, 1).replace("payment_success", "refund_success"));
        Story.awaitStatus(order, "PartiallyRefunded");

        // When
        await().pollInSameThread()
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(1))
                .until(() -> refund(order), answer -> answer.statusCode() == 503);

        // Then
        for (int n = 0; n < 3; n++) {
            assertThat(provider.payments(order, OrderMetrics.Reason.RECONCILIATION)
                            .await()
                            .atMost(Story.SOON))
                    .hasSize(1);
        }
    }

    private static Response refund(String order) {
        return Story.operator().body("{\"amount\":1}").post("/orders/" + order + "/refund");
    }

    @Test
    void questions_beyond_the_rate_are_postponed_and_none_is_lost() {
        // Given
        Story.sellsTheArticle();

        // When
        List<String> orders = Stream.generate(Story::placed).limit(20).toList();
        clock.jump(Duration.ofSeconds(6));
        // The rate is reckoned by the clock that has jumped.
        Instant start = Instant.now();

        // Then
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(orders)
                .allSatisfy(order -> assertThat(Story.status(order)).isEqualTo("Expired")));
        assertThat(orders).allSatisfy(order -> assertThat(ScriptedProvider.questions(order))
                .isBetween(1L, 5L));
        assertThat(ScriptedProvider.mostInASecond(start)).isLessThanOrEqualTo(2 * AskingProfile.QUESTIONS_PER_SECOND);
        assertThat(registry.get(OrderMetrics.POSTPONED).counter().count()).isPositive();
    }
}
