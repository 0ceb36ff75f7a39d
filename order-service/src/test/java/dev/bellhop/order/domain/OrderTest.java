package dev.bellhop.order.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OrderTest {

    private static final Instant PLACED = Instant.parse("2030-01-01T00:10:00Z");
    private static final Money TOTAL = new Money(999, "USD");
    private static final Order ORDER =
            Order.placed(new OrderId("1"), "customer", "owner", TOTAL, List.of(new Item("article", 1, 999)), 1, PLACED);
    private static final PaymentLedger PAID = new PaymentLedger(Standing.CAPTURED, 999, 0, 0);

    private interface Step {
        Order take(Instant now);
    }

    private static Stream<Step> steps() {
        return Stream.of(
                now -> ORDER.at(Stage.CANCELLED, now),
                now -> ORDER.with(PAID, now),
                now -> ORDER.decided(Stage.OPEN, PAID, now),
                now -> ORDER.with(new Order.RequestedPayment("pay_1", null), now),
                now -> ORDER.revised("another", TOTAL, ORDER.items(), now));
    }

    @ParameterizedTest
    @MethodSource("steps")
    void its_next_version_is_not_before_this_one_where_another_host_s_clock_is_behind(Step step) {
        // When
        Order next = step.take(PLACED.minusSeconds(600));

        // Then
        assertThat(next.version()).isEqualTo(2);
        assertThat(next.updatedAt()).isEqualTo(PLACED);
    }

    @ParameterizedTest
    @MethodSource("steps")
    void its_next_version_is_of_now(Step step) {
        // When
        Order next = step.take(PLACED.plusSeconds(1));

        // Then
        assertThat(next.updatedAt()).isEqualTo(PLACED.plusSeconds(1));
    }

    @Test
    void a_refund_that_failed_is_heard_of_once_and_only_while_there_is_money_to_give_back() {
        Order paid = ORDER.with(PAID, PLACED);
        PaymentFact failed = about(PaymentFact.Kind.REFUND_FAILED, "ref_1");

        assertThat(paid.hearsOfFailedRefund(failed, List.of(about(PaymentFact.Kind.REFUNDED, "ref_2"))))
                .isTrue();
        assertThat(paid.hearsOfFailedRefund(failed, List.of(failed))).isFalse();
        assertThat(paid.hearsOfFailedRefund(failed, List.of(about(PaymentFact.Kind.REFUNDED, "ref_1"))))
                .isFalse();
        assertThat(ORDER.hearsOfFailedRefund(failed, List.of())).isFalse();
    }

    private static PaymentFact about(PaymentFact.Kind kind, String refundId) {
        return new PaymentFact(kind, PaymentFact.Origin.WEBHOOK, "pay_1", refundId, 5L, "USD", PaymentFact.Ruling.NONE);
    }
}
